import type { Found, OwnPost, PublishInput } from './connector.ts'

/** How many resembling posts are asked about, each by its own request; with more, the result stays `unclear`. */
const mostAsked = 20

/** The newest of these posts that shows a part, or was made from it. */
export async function findAmong(
  posts: AsyncIterable<OwnPost>,
  input: PublishInput,
): Promise<Found> {
  const others: OwnPost[] = []
  for await (const post of posts) {
    if (post.shows(input)) return located(post)
    if (post.isMadeFrom && (post.resembles?.(input) ?? true)) others.push(post)
  }
  let isClear = others.length <= mostAsked
  for (const post of others.slice(0, mostAsked)) {
    const isMade = await post.isMadeFrom?.(input)
    if (isMade === true) return located(post)
    if (isMade === 'unclear') isClear = false
  }
  return isClear ? 'absent' : 'unclear'
}

const located = ({ id, permalink, ref, at }: OwnPost) => ({ id, permalink, ref, at })
