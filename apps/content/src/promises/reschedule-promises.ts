import { setTimeout as delay } from 'node:timers/promises'
import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  type ChangeResult,
  findKnownPublications,
  type ParsedInputOf,
  type Rescheduled,
  reschedulePlans,
  type reschedulePromisedPublications,
} from '@hamava/contracts'
import { AppError, mayTouch } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, IsNull, Not } from 'typeorm'
import { CarryOutChange } from '../changes/carry-out-change.ts'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import {
  isOpen,
  isVisible,
  type OpenPost,
  openPost,
  savePost,
  savePublications,
} from '../posts/post-store.ts'
import { PlanAgain } from './plan-again.ts'
import { scheduleAt } from './schedule-at.ts'

/** Hundreds of publications are moved one after the other. */
const deadlineMs = 20_000
/** Planning takes milliseconds; what is not known after three seconds is refused as not found. */
const mostTries = 30
const betweenTriesMs = 100

/** Gives publications other times, so that post, calendar and ledger tell the same. */
@Injectable()
export class ReschedulePromises {
  constructor(
    private readonly transactions: Transactions,
    private readonly requests: RequestClient,
    private readonly dataSource: DataSource,
    private readonly planAgain: PlanAgain,
    private readonly changes: CarryOutChange,
  ) {}

  /**
   * Answers to people are publications without a post: they are moved as well. What publishing does not know is planned
   * there again, with what its post says now.
   */
  async reschedule(
    call: CallContext,
    input: ParsedInputOf<typeof reschedulePromisedPublications>,
  ): Promise<ChangeResult> {
    const missing = await this.missingAmong(call, input.publicationIds)
    const known = input.publicationIds.filter((id) => !missing.includes(id))
    await this.untilKnown(call, known)
    const at = input.at ?? new Date().toISOString()
    for (const id of await this.postsOf(call, input.publicationIds))
      await this.changes.settle(call, id)
    return this.transactions.run(async (tx) => {
      const posts = await this.openPosts(tx, call, input.publicationIds)
      const answer = await this.planAgain.plan(call, tx, posts, { ...input, at, ids: missing })
      let times: Rescheduled['times'] = []
      if (known.length > 0) {
        const asked = { ...input, at, publicationIds: known }
        const moved = await this.requests.send(reschedulePlans, call, asked, { deadlineMs })
        times = moved.times
        answer.done.push(...moved.done)
        answer.tooLate.push(...moved.tooLate)
      }
      for (const post of posts) move(post, times)
      await savePublications(tx, posts)
      for (const post of posts) await tellOfMove(tx, call, post, missing)
      return answer
    })
  }

  /** Those that are due and were never heard of, on channels that the caller may touch. */
  private async missingAmong(call: CallContext, ids: string[]): Promise<string[]> {
    const rows = await this.dataSource.getRepository(PostPublicationRow).findBy({
      id: In(ids),
      workspaceId: call.workspaceId,
      state: 'planned',
      missingSince: Not(IsNull()),
    })
    return rows.filter(({ channelId }) => mayTouch(call, [channelId])).map(({ id }) => id)
  }

  /**
   * A publication that was promised or approved a moment ago is still on its way to publishing as an event. It is moved
   * only once it is there, as that event would otherwise undo the move.
   */
  private async untilKnown(call: CallContext, ids: string[]): Promise<void> {
    if (ids.length === 0) return
    const onTheirWay = await this.dataSource.query<{ id: string; version: number }[]>(
      `select p.id, case when r.action = 'approved' then r.version else 0 end as version
       from post_publications p join posts on posts.id = p.post_id
         join revisions r on r.post_id = posts.id and r.version = posts.version
       where p.id = any($1) and p.workspace_id = $2 and (p.revision = 0 or (r.action = 'approved' and r.at > now() - interval '1 minute'))`,
      [ids, call.workspaceId],
    )
    let awaited = onTheirWay
    for (let tries = 0; awaited.length > 0 && tries < mostTries; tries++) {
      if (tries > 0) await delay(betweenTriesMs)
      const wanted = { ids: awaited.map(({ id }) => id) }
      const { known } = await this.requests.send(findKnownPublications, call, wanted)
      const versionOf = new Map(known.map(({ id, version }) => [id, version]))
      awaited = awaited.filter(({ id, version }) => (versionOf.get(id) ?? -1) < version)
    }
  }

  /** The posts of these publications, as far as they are on the caller's channels, in the order of their ids. */
  private async postsOf(call: CallContext, ids: string[]): Promise<string[]> {
    const { workspaceId } = call
    const rows = await this.dataSource
      .getRepository(PostPublicationRow)
      .findBy({ id: In(ids), workspaceId })
    const visible = rows.filter(({ channelId }) => mayTouch(call, [channelId]))
    return [...new Set(visible.map(({ postId }) => postId))].sort()
  }

  /**
   * Locks the posts in the order of their ids, until publishing has answered, so that nobody else changes them. Throws
   * `other_channels_too` where the caller sees the publication, but not all that its post is planned for.
   */
  private async openPosts(tx: Tx, call: CallContext, ids: string[]): Promise<OpenPost[]> {
    const posts: OpenPost[] = []
    for (const id of await this.postsOf(call, ids))
      posts.push(await openPost(tx, { ...call, channelIds: null }, id))
    if (!posts.every(({ row }) => isVisible(call, row))) throw new AppError('other_channels_too')
    return posts
  }
}

function move({ publications }: OpenPost, times: Rescheduled['times']): void {
  const timeOf = new Map(times.map((time) => [time.publicationId, time]))
  for (const publication of publications) {
    const time = timeOf.get(publication.id)
    if (!time || time.revision <= publication.revision) continue
    const { state, revision } = time
    Object.assign(publication, { state, revision, dueAt: new Date(time.dueAt), missingSince: null })
  }
}

/** Saves the post if all its open publications share another time now, or if any of them was planned again. */
async function tellOfMove(tx: Tx, call: CallContext, post: OpenPost, planned: string[]) {
  const { schedule } = post.row
  const dueAt = commonTime(post.publications)
  const isMoved = schedule && dueAt && dueAt.getTime() !== Date.parse(schedule.dueAt)
  if (isMoved) post.row.schedule = scheduleAt(dueAt, schedule.zone)
  const isPlannedAgain = post.publications.some(({ id }) => planned.includes(id))
  if (isMoved || isPlannedAgain) await savePost(tx, call, post, 'scheduled')
}

/** The time of all open publications; null where they have several, or there are none. */
function commonTime(publications: PostPublicationRow[]): Date | null {
  const [first, ...others] = publications.filter(isOpen).map(({ dueAt }) => dueAt)
  if (!first || others.some((other) => other.getTime() !== first.getTime())) return null
  return first
}
