import type { Tx } from '@hamava/bus'
import { type CallContext, type PublicationPlan, postScheduled } from '@hamava/contracts'
import { canonicalHash, excerptOf } from '@hamava/service-kit'
import { channelsOf } from './check-post.ts'
import type { PostRow } from './post.entity.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'
import type { References } from './post-references.ts'
import { snapshotOf } from './snapshot.ts'

/**
 * The publications of a post as publishing needs them; approved ones carry the hash of what was approved. All go out
 * at the time of the post, but for those that keep their own.
 */
export function planOf(
  row: PostRow,
  publications: PostPublicationRow[],
  { assets }: Pick<References, 'assets'>,
  keepsTime: (publication: PostPublicationRow) => boolean = () => false,
): PublicationPlan[] {
  const content = row.content
  return publications.flatMap((publication) => {
    const { id, channelId, network } = publication
    if (!channelsOf(content).includes(channelId)) return []
    const snapshot = snapshotOf(content, channelId, assets)
    const snapshotHash = canonicalHash(snapshot)
    const approvedHash = row.state === 'approved' ? snapshotHash : null
    const { campaignId } = row
    const plan = { publicationId: id, channelId, network, campaignId }
    const own = keepsTime(publication) && { keepsTime: true }
    return [{ ...plan, snapshot, snapshotHash, approvedHash, ...own }]
  })
}

/** Tells scheduling of a post's publications: one event for each, as each carries all that goes out on its channel. */
export function publishPlan(
  tx: Tx,
  call: CallContext,
  row: PostRow,
  plan: PublicationPlan[],
): void {
  const { id: postId, version, schedule } = row
  if (!schedule) throw new Error(`post ${postId} has no schedule`)
  const excerpt = excerptOf(row.content.text)
  for (const publication of plan) {
    tx.publish(postScheduled, call, {
      postId,
      version,
      schedule,
      excerpt,
      publications: [publication],
    })
  }
}
