/** The action of a revision that withdraws the latest approval. */
export const approvalWithdrawn = 'approval_withdrawn'

/**
 * Revisions made after the latest approval still in force; all revisions if there is none.
 *
 * @param revisions oldest first.
 */
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
