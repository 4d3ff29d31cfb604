import type { Located, OwnPost, PublishInput } from './connector.ts'

/** The newest of these posts that shows a part. */
export async function findAmong(
  posts: AsyncIterable<OwnPost>,
  input: PublishInput,
): Promise<Located | 'absent'> {
  for await (const post of posts) {
    const { id, permalink, ref, at } = post
    if (post.shows(input)) return { id, permalink, ref, at }
  }
  return 'absent'
}
