/** The last approval of a history, newest first, that nobody has taken back; reads only as many pages as needed. */
export async function lastApproval<One extends { action: string }>(
  newestFirst: AsyncIterable<One> | Iterable<One>,
): Promise<One | null> {
  let withdrawn = 0
  for await (const revision of newestFirst) {
    if (revision.action === 'approval_withdrawn') withdrawn += 1
    if (revision.action !== 'approved') continue
    if (withdrawn === 0) return revision
    withdrawn -= 1
  }
  return null
}
