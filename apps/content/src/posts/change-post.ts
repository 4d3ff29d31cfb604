import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  type ChangeResult,
  type PostChange,
  type PostEdit,
  type PublicationPlan,
  replanPublications,
  type ScheduleInput,
  type VersionsRead,
} from '@hamava/contracts'
import { timeOf, toContent } from '@hamava/networks/rules'
import { AppError, excerptOf } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { policyOf } from '../approval/approval-policy.service.ts'
import { approvalWithdrawn } from './approvals-of.ts'
import { channelsOf } from './check-post.ts'
import { planOf, publishPlan } from './plan-of.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'
import { PostReferences, type References } from './post-references.ts'
import {
  expectState,
  isOpen,
  newPublications,
  type OpenPost,
  openPost,
  savePost,
} from './post-store.ts'
import { snapshotBytes, withAlts } from './snapshot.ts'

/** What one request to change publications may hold, in bytes of their snapshots. */
const batchBytes = 8_000_000
/** Hundreds of publications are changed one after the other. */
const replanDeadlineMs = 20_000

interface Edit {
  id: string
  versions: VersionsRead
  changes: PostEdit
}

/** Changes to a post that has, or gets, a time: what goes out changes with it, or the answer says what was too late. */
@Injectable()
export class ChangePost {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
    private readonly references: PostReferences,
  ) {}

  /**
   * Other words or channels, and a time with them if there is one. An approval covers only what was approved: under a
   * policy, it must be given again.
   */
  edit(
    call: CallContext,
    { id, versions, changes: { schedule: wanted, ...words } }: Edit,
  ): Promise<PostChange> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, versions)
      const { row } = post
      const contentChanged = Object.keys(words).length > 0
      const { campaignId = row.campaignId, tags = row.tags } = words
      Object.assign(row, { campaignId, tags })
      row.content = toContent({ ...row.content, ...words })
      const { content } = row
      if (wanted === null || (!wanted && !row.schedule)) {
        const { assets } = await this.references.load(tx.manager, call, content)
        row.content = withAlts(content, assets)
        if (contentChanged || row.state === 'in_review') row.state = 'draft'
        if (row.schedule) return this.takeBack(tx, call, post, 'edited')
        return { post: await savePost(tx, call, post, 'edited'), tooLate: [] }
      }
      const references = await this.references.loadAndValidate(tx.manager, call, content)
      row.content = withAlts(content, references.assets)
      const before = row.schedule
      if (wanted) row.schedule = await this.references.resolveSchedule(call, wanted)
      // The time that it shows is no new one: what was moved by itself stays where it is.
      const timeChanged = wanted !== undefined && row.schedule?.dueAt !== before?.dueAt
      await this.askApproval(tx, call, row, contentChanged)
      return this.replan(tx, call, post, references, {
        action: contentChanged ? 'edited' : 'scheduled',
        timeChanged,
      })
    })
  }

  /** Gives a post a time, or another one. */
  schedule(call: CallContext, id: string, input: ScheduleInput): Promise<PostChange> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      const { row } = post
      const references = await this.references.loadAndValidate(tx.manager, call, row.content)
      row.schedule = await this.references.resolveSchedule(call, input)
      await this.askApproval(tx, call, row, false)
      return this.replan(tx, call, post, references, { action: 'scheduled', timeChanged: true })
    })
  }

  /** An approval that was given too soon is no longer there: what has not left yet waits for a person again. */
  withdrawApproval(call: CallContext, id: string, versions: VersionsRead): Promise<PostChange> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, versions)
      const { row } = post
      expectState(row, ['approved'], 'taken back')
      Object.assign(row, { state: 'in_review', review: null })
      if (!row.schedule) {
        return { post: await savePost(tx, call, post, approvalWithdrawn), tooLate: [] }
      }
      const references = await this.references.load(tx.manager, call, row.content)
      return this.replan(tx, call, post, references, {
        action: approvalWithdrawn,
        timeChanged: false,
      })
    })
  }

  /** Takes back what has not left yet. */
  cancel(call: CallContext, id: string): Promise<PostChange> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      return this.takeBack(tx, call, post, 'cancelled')
    })
  }

  private async takeBack(
    tx: Tx,
    call: CallContext,
    post: OpenPost,
    action: string,
  ): Promise<PostChange> {
    const open = post.publications.filter(isOpen)
    if (open.length === 0) {
      const hasLeft = post.publications.some((one) => one.state !== 'cancelled')
      throw new AppError(hasLeft ? 'too_late' : 'nothing_to_cancel')
    }
    // Without a time of its own again: a later edit changes words and sends nothing, and nobody need look at it.
    post.row.schedule = null
    if (post.row.state === 'in_review') post.row.state = 'draft'
    const answer = await this.ask(call, post, null, [], open)
    return this.finish(tx, call, post, answer, action)
  }

  /** Scheduling approves where nobody else has to. */
  private async askApproval(
    { manager }: Tx,
    call: CallContext,
    row: OpenPost['row'],
    contentChanged: boolean,
  ): Promise<void> {
    const { approval } = await policyOf(manager, call)
    if (approval === 'none') row.state = 'approved'
    else if (contentChanged) Object.assign(row, { state: 'in_review', review: null })
    else if (row.state !== 'approved') row.state = 'in_review'
  }

  private async replan(
    tx: Tx,
    call: CallContext,
    post: OpenPost,
    references: References,
    { action, timeChanged }: { action: string; timeChanged: boolean },
  ): Promise<PostChange> {
    const { row, publications } = post
    const schedule = row.schedule
    if (!schedule) throw new Error(`post ${row.id} has no schedule`)
    const wanted = channelsOf(row.content)
    const dropped = publications.filter((one) => isOpen(one) && !wanted.includes(one.channelId))
    const stands = (one: PostPublicationRow) => one.state !== 'cancelled'
    // What somebody closed stays closed, unless all of the post is to go out once more.
    const isOnceMore = timeChanged && !publications.some(stands)
    const taken = publications.filter((one) => stands(one) || (one.isClosed && !isOnceMore))
    const planned = new Set(taken.map((one) => one.channelId))
    const added = wanted.filter((channelId) => !planned.has(channelId))
    const minted = newPublications(row, added, schedule, references.channels)
    const kept = publications.filter((one) => isOpen(one) && wanted.includes(one.channelId))
    if (kept.length + minted.length + dropped.length === 0) throw new AppError('too_late')
    post.publications = [...publications, ...minted]
    const keepsTime = () => !timeChanged
    const answer = await this.ask(
      call,
      post,
      schedule,
      planOf(row, kept, references, keepsTime),
      dropped,
    )
    for (const publication of kept) {
      if (!answer.done.includes(publication.id) || keepsTime()) continue
      publication.state = 'planned'
      publication.dueAt = new Date(timeOf(schedule, publication.channelId))
      publication.missingSince = null
    }
    answer.done.push(...minted.map(({ id }) => id))
    const change = await this.finish(tx, call, post, answer, action, dropped)
    // What is new was promised to nobody yet, so it is told with this very change, or not at all.
    publishPlan(
      tx,
      call,
      row,
      planOf(row, minted, references, () => false),
    )
    return change
  }

  /** The post stays locked meanwhile: nobody else can change it between the question and the answer. */
  private async ask(
    call: CallContext,
    { row, publications: before }: OpenPost,
    schedule: OpenPost['row']['schedule'],
    plan: PublicationPlan[],
    dropped: PostPublicationRow[],
  ): Promise<ChangeResult> {
    const answer: ChangeResult = { done: [], tooLate: [] }
    if (plan.length + dropped.length === 0) return answer
    let cancel = dropped.map(({ id, channelId }) => ({ publicationId: id, channelId }))
    const ask = (publications: PublicationPlan[]) =>
      this.requests.send(
        replanPublications,
        call,
        {
          postId: row.id,
          version: row.version + 1,
          schedule,
          excerpt: excerptOf(row.content.text),
          publications,
          cancel,
        },
        { deadlineMs: replanDeadlineMs },
      )
    let isCutShort = false
    for (const [at, publications] of inBatches(plan).entries()) {
      if (!isCutShort) {
        try {
          const { done, tooLate } = await ask(publications)
          answer.done.push(...done)
          answer.tooLate.push(...tooLate)
          cancel = []
          continue
        } catch (error) {
          // What was answered is done and stays so: it is told, with what has not been changed.
          if (at === 0) throw error
          isCutShort = true
        }
      }
      answer.tooLate.push(...publications.map(unasked(before)))
    }
    return answer
  }

  private async finish(
    tx: Tx,
    call: CallContext,
    post: OpenPost,
    answer: ChangeResult,
    action: string,
    cancelled: PostPublicationRow[] = post.publications,
  ): Promise<PostChange> {
    if (answer.done.length === 0) throw noneInTime(answer)
    for (const publication of cancelled) {
      if (answer.done.includes(publication.id)) publication.state = 'cancelled'
    }
    return { post: await savePost(tx, call, post, action), tooLate: answer.tooLate }
  }
}

/** What may be live is told apart from what has left: it can be changed or not, once that is known. */
function noneInTime({ tooLate }: ChangeResult): AppError {
  const until = tooLate
    .flatMap(({ inDoubtUntil }) => inDoubtUntil ?? [])
    .sort()
    .at(-1)
  return until ? new AppError('in_doubt', { until }) : new AppError('too_late')
}

const unasked =
  (known: PostPublicationRow[]) =>
  ({ publicationId }: PublicationPlan) => ({
    publicationId,
    state: known.find(({ id }) => id === publicationId)?.state ?? ('planned' as const),
  })

/** Plans that are asked for at once: all of them, unless they are very large together. At least one batch. */
function inBatches(plan: PublicationPlan[]): PublicationPlan[][] {
  const batches: PublicationPlan[][] = [[]]
  let bytes = 0
  for (const one of plan) {
    const size = snapshotBytes(one.snapshot)
    if (bytes > 0 && bytes + size > batchBytes) {
      batches.push([])
      bytes = 0
    }
    batches.at(-1)?.push(one)
    bytes += size
  }
  return batches
}
