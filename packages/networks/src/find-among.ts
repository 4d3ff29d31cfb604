import type { OwnPost, PublishInput } from './connector.ts'

/** The newest of these posts that shows a part. */
export async function findAmong(
  posts: AsyncIterable<OwnPost>,
  input: PublishInput,
): Promise<Pick<OwnPost, 'id' | 'permalink' | 'ref'> | 'absent'> {
  for await (const post of posts) {
    const { id, permalink, ref } = post
    if (post.shows(input)) return { id, permalink, ref }
  }
  return 'absent'
}
