import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  type Post,
  type PostChange,
  type PostEdit,
  type PublicationPlan,
  type Replaced,
  replanPublications,
  type ScheduleInput,
  type VersionsRead,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { policyOf } from '../approval/approval-policy.service.ts'
import { approvalWithdrawn } from './approvals-of.ts'
import { planOf, publishPlan } from './plan-of.ts'
import { type Material, PostMaterial } from './post-material.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'
import {
  expectState,
  isOpen,
  newPublications,
  type OpenPost,
  openPost,
  savePost,
} from './post-store.ts'
import { showPost } from './show-post.ts'
import { excerptOf, snapshotBytes, withAlts } from './snapshot.ts'

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
    private readonly material: PostMaterial,
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
      const isReworded = Object.keys(words).length > 0
      Object.assign(row, words)
      const said = showPost(row, post.publications)
      if (wanted === null || (!wanted && !row.schedule)) {
        const { assets } = await this.material.gather(tx.manager, call, said)
        fixAlts(row, said, assets)
        if (isReworded || row.state === 'in_review') row.state = 'draft'
        if (row.schedule) return this.takeBack(tx, call, post, 'edited')
        return { post: await savePost(tx, call, post, 'edited'), tooLate: [] }
      }
      const material = await this.material.gatherPublishable(tx.manager, call, said)
      fixAlts(row, said, material.assets)
      const before = row.schedule
      if (wanted) row.schedule = await this.material.when(call, wanted)
      // The time that it shows is no new one: what was moved by itself stays where it is.
      const isRetimed = wanted !== undefined && row.schedule?.dueAt !== before?.dueAt
      await this.askApproval(tx, call, row, isReworded)
      return this.replan(tx, call, post, material, {
        action: isReworded ? 'edited' : 'scheduled',
        isRetimed,
      })
    })
  }

  /** Gives a post a time, or another one. */
  schedule(call: CallContext, id: string, input: ScheduleInput): Promise<PostChange> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      const { row } = post
      const said = showPost(row, post.publications)
      const material = await this.material.gatherPublishable(tx.manager, call, said)
      row.schedule = await this.material.when(call, input)
      await this.askApproval(tx, call, row, false)
      return this.replan(tx, call, post, material, { action: 'scheduled', isRetimed: true })
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
      const said = showPost(row, post.publications)
      const material = await this.material.gather(tx.manager, call, said)
      return this.replan(tx, call, post, material, { action: approvalWithdrawn, isRetimed: false })
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
    isReworded: boolean,
  ): Promise<void> {
    const { approval } = await policyOf(manager, call)
    if (approval === 'none') row.state = 'approved'
    else if (isReworded) Object.assign(row, { state: 'in_review', review: null })
    else if (row.state !== 'approved') row.state = 'in_review'
  }

  private async replan(
    tx: Tx,
    call: CallContext,
    post: OpenPost,
    material: Material,
    { action, isRetimed }: { action: string; isRetimed: boolean },
  ): Promise<PostChange> {
    const { row, publications } = post
    const schedule = row.schedule
    if (!schedule) throw new Error(`post ${row.id} has no schedule`)
    const wanted = showPost(row, publications).targets.map((target) => target.channelId)
    const dropped = publications.filter((one) => isOpen(one) && !wanted.includes(one.channelId))
    const stands = (one: PostPublicationRow) => one.state !== 'cancelled'
    // What somebody closed stays closed, unless all of the post is to go out once more.
    const isOnceMore = isRetimed && !publications.some(stands)
    const taken = publications.filter((one) => stands(one) || (one.isClosed && !isOnceMore))
    const planned = new Set(taken.map((one) => one.channelId))
    const added = wanted.filter((channelId) => !planned.has(channelId))
    const minted = newPublications(row, added, schedule, material.channels)
    const kept = publications.filter((one) => isOpen(one) && wanted.includes(one.channelId))
    if (kept.length + minted.length + dropped.length === 0) throw new AppError('too_late')
    post.publications = [...publications, ...minted]
    const keepsTime = () => !isRetimed
    const answer = await this.ask(
      call,
      post,
      schedule,
      planOf(row, kept, material, keepsTime),
      dropped,
    )
    for (const publication of kept) {
      if (!answer.done.includes(publication.id) || keepsTime()) continue
      publication.state = 'planned'
      publication.dueAt = new Date(schedule.dueAt)
      publication.missingSince = null
    }
    answer.done.push(...minted.map(({ id }) => id))
    const change = await this.finish(tx, call, post, answer, action, dropped)
    // What is new was promised to nobody yet, so it is told with this very change, or not at all.
    publishPlan(
      tx,
      call,
      row,
      planOf(row, minted, material, () => false),
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
  ): Promise<Replaced> {
    const answer: Replaced = { done: [], tooLate: [] }
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
          excerpt: excerptOf(row.text),
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
    answer: Replaced,
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
function noneInTime({ tooLate }: Replaced): AppError {
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

function fixAlts(row: OpenPost['row'], said: Post, stored: Material['assets']): void {
  const { assets, parts, targets } = withAlts(said, stored)
  Object.assign(row, { assets, parts, targets })
}
