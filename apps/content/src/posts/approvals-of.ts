/** What a revision is called that takes the last approval back. */
export const approvalWithdrawn = 'approval_withdrawn'

/** Of a post's history, oldest first, what the approval that stands does not cover; all of it where none stands. */
export function sinceApproval<Revision extends { action: string }>(
  revisions: readonly Revision[],
): Revision[] {
  const approvedAt: number[] = []
  for (const [at, { action }] of revisions.entries()) {
    if (action === 'approved') approvedAt.push(at)
    if (action === approvalWithdrawn) approvedAt.pop()
  }
  return revisions.slice((approvedAt.at(-1) ?? -1) + 1)
}
