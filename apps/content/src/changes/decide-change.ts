import type { Post, PostContent, Schedule } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { approvalWithdrawn } from '../posts/approvals-of.ts'
import { channelsOf } from '../posts/check-post.ts'
import type { PostRow } from '../posts/post.entity.ts'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { isOpen, type MintedPublication, mint } from '../posts/post-store.ts'

/** A post as it is before a change. */
export interface PostBefore {
  row: PostRow
  publications: PostPublicationRow[]
}

/** What a change makes of a post. It is decided before anything is locked or asked, and carried out as a whole. */
export interface PostDecision {
  /** As revisions name it. */
  action: string
  becomes: Pick<PostRow, 'content' | 'campaignId' | 'tags' | 'state' | 'schedule'> & {
    review: Post['review']
  }
  /**
   * The `revision` of each publication when the change was decided; events with a higher one are newer than this
   * change.
   */
  known: Record<string, number>
  /** The ids of publications whose plan is replaced, and whether each keeps its own time. */
  kept: string[]
  keepsTime: boolean
  /** The ids of publications that are taken back. */
  dropped: string[]
  /** Publications for channels that have none. */
  minted: MintedPublication[]
}

interface Edit {
  content: PostContent
  labels: Pick<PostRow, 'campaignId' | 'tags'>
  /** Whether anything but the time is changed. */
  contentChanged: boolean
  /** A new time; null takes the time back, undefined leaves it. */
  schedule: Schedule | null | undefined
  needsApproval: boolean
  /** The networks of channels, for new publications. */
  networkOf: ReadonlyMap<string, { network: string }>
}

/**
 * Changes words or channels, and the time if one is given. An approval covers only what was approved: under a policy,
 * it must be given again.
 */
export function decideEdit(before: PostBefore, edit: Edit): PostDecision {
  const { row } = before
  const { content, contentChanged, schedule, needsApproval } = edit
  const { campaignId, tags } = edit.labels
  const becomes = { ...asItIs(row), campaignId, tags, content }
  if (!(schedule === undefined ? row.schedule : schedule)) {
    if (contentChanged || row.state === 'in_review') becomes.state = 'draft'
    if (row.schedule) return takenBack(before, becomes, 'edited')
    return { action: 'edited', becomes, ...nothingPlanned }
  }
  if (schedule) becomes.schedule = schedule
  // The `dueAt` that the post already has is no new time: publications that were moved alone keep theirs.
  const timeChanged = Boolean(schedule) && schedule?.dueAt !== row.schedule?.dueAt
  Object.assign(becomes, approval(becomes, needsApproval, contentChanged))
  const action = contentChanged ? 'edited' : 'scheduled'
  return replanned(before, becomes, { action, timeChanged, networkOf: edit.networkOf })
}

/** Sets or changes the time. */
export function decideSchedule(
  before: PostBefore,
  {
    schedule,
    needsApproval,
    networkOf,
  }: Pick<Edit, 'needsApproval' | 'networkOf'> & { schedule: Schedule },
): PostDecision {
  const becomes = { ...asItIs(before.row), schedule }
  Object.assign(becomes, approval(becomes, needsApproval, false))
  return replanned(before, becomes, { action: 'scheduled', timeChanged: true, networkOf })
}

/** Withdraws an approval that was given too soon: what has not left yet waits for a person again. */
export function decideWithdrawal(
  before: PostBefore,
  { networkOf }: Pick<Edit, 'networkOf'>,
): PostDecision {
  const becomes = { ...asItIs(before.row), state: 'in_review' as const, review: null }
  if (!becomes.schedule) return { action: approvalWithdrawn, becomes, ...nothingPlanned }
  return replanned(before, becomes, { action: approvalWithdrawn, timeChanged: false, networkOf })
}

/** Takes back what has not left yet. */
export const decideCancel = (before: PostBefore): PostDecision =>
  takenBack(before, asItIs(before.row), 'cancelled')

const nothingPlanned = { known: {}, kept: [], keepsTime: true, dropped: [], minted: [] }

const revisionsOf = (publications: PostPublicationRow[]) =>
  Object.fromEntries(publications.map(({ id, revision }) => [id, revision]))

const asItIs = ({
  content,
  campaignId,
  tags,
  state,
  schedule,
  review,
}: PostRow): PostDecision['becomes'] => ({ content, campaignId, tags, state, schedule, review })

/** Scheduling approves the post where the policy asks for nobody else's approval. */
function approval(
  { state }: PostDecision['becomes'],
  needsApproval: boolean,
  contentChanged: boolean,
): Partial<PostDecision['becomes']> {
  if (!needsApproval) return { state: 'approved' }
  if (contentChanged) return { state: 'in_review', review: null }
  return state === 'approved' ? {} : { state: 'in_review' }
}

/** Throws `too_late` and `nothing_to_cancel`. */
function takenBack(
  { publications }: PostBefore,
  becomes: PostDecision['becomes'],
  action: string,
): PostDecision {
  const open = publications.filter(isOpen)
  if (open.length === 0) {
    const hasLeft = publications.some((one) => one.state !== 'cancelled')
    throw new AppError(hasLeft ? 'too_late' : 'nothing_to_cancel')
  }
  // Without a time, a post in review is a draft again: later edits send nothing, so nobody need look at them.
  const state = becomes.state === 'in_review' ? 'draft' : becomes.state
  const dropped = open.map(({ id }) => id)
  const known = revisionsOf(publications)
  return {
    action,
    becomes: { ...becomes, schedule: null, state },
    ...nothingPlanned,
    known,
    dropped,
  }
}

interface Replan extends Pick<Edit, 'networkOf'> {
  action: string
  timeChanged: boolean
}

/** Throws `too_late` where nothing of it can be changed any more. */
function replanned(
  { publications }: PostBefore,
  becomes: PostDecision['becomes'],
  { action, timeChanged, networkOf }: Replan,
): PostDecision {
  const wanted = channelsOf(becomes.content)
  const stands = (one: PostPublicationRow) => one.state !== 'cancelled'
  // A publication that somebody closed stays closed, unless a new time sends the whole post once more.
  const isOnceMore = timeChanged && !publications.some(stands)
  const taken = publications.filter((one) => stands(one) || (one.isClosed && !isOnceMore))
  const planned = new Set(taken.map((one) => one.channelId))
  const minted = mint(
    wanted.filter((channelId) => !planned.has(channelId)),
    networkOf,
  )
  const open = publications.filter(isOpen)
  const [kept, dropped] = [true, false].map((isWanted) =>
    open.filter((one) => wanted.includes(one.channelId) === isWanted).map(({ id }) => id),
  ) as [string[], string[]]
  if (kept.length + minted.length + dropped.length === 0) throw new AppError('too_late')
  const known = revisionsOf(publications)
  return { action, becomes, known, kept, keepsTime: !timeChanged, dropped, minted }
}
