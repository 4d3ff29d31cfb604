import { setTimeout as delay } from 'node:timers/promises'
import { RequestClient, Transactions, type Tx } from '@hamava/bus'
import {
  type CallContext,
  findKnownPublications,
  type ParsedInputOf,
  type Replaced,
  type Rescheduled,
  reschedulePlans,
  type reschedulePromises,
  type Schedule,
} from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { isOpen, type OpenPost, openPost, savePost } from '../posts/post-store.ts'

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
  ) {}

  /** Answers to people are publications without a post: they are moved as well. */
  async reschedule(
    call: CallContext,
    input: ParsedInputOf<typeof reschedulePromises>,
  ): Promise<Replaced> {
    await this.untilKnown(call, input.publicationIds)
    return this.transactions.run(async (tx) => {
      const posts = await this.openPosts(tx, call, input.publicationIds)
      const { times, ...answer } = await this.requests.send(reschedulePlans, call, input, {
        deadlineMs,
      })
      for (const post of posts) await move(tx, call, post, times)
      return answer
    })
  }

  /** What was promised a moment ago is on its way to publishing, and can be moved once it is there. */
  private async untilKnown(call: CallContext, ids: string[]): Promise<void> {
    const { workspaceId } = call
    const promised = await this.dataSource
      .getRepository(PostPublicationRow)
      .findBy({ id: In(ids), workspaceId, revision: 0 })
    let unknown = promised.map(({ id }) => id)
    for (let tries = 0; unknown.length > 0 && tries < mostTries; tries++) {
      if (tries > 0) await delay(betweenTriesMs)
      const known = await this.requests.send(findKnownPublications, call, { ids: unknown })
      unknown = unknown.filter((id) => !known.ids.includes(id))
    }
  }

  /** Locked in the order of their ids, and until the answer is there: nobody else changes them meanwhile. */
  private async openPosts(tx: Tx, call: CallContext, ids: string[]): Promise<OpenPost[]> {
    const { workspaceId } = call
    const rows = await tx.manager.findBy(PostPublicationRow, { id: In(ids), workspaceId })
    const postIds = [...new Set(rows.map(({ postId }) => postId))].sort()
    const posts: OpenPost[] = []
    for (const id of postIds) posts.push(await openPost(tx, call, id))
    return posts
  }
}

async function move(
  tx: Tx,
  call: CallContext,
  post: OpenPost,
  times: Rescheduled['times'],
): Promise<void> {
  const timeOf = new Map(times.map((time) => [time.publicationId, time]))
  for (const publication of post.publications) {
    const time = timeOf.get(publication.id)
    if (!time || time.revision <= publication.revision) continue
    const { state, revision } = time
    Object.assign(publication, { state, revision, dueAt: new Date(time.dueAt), missingSince: null })
  }
  const { schedule } = post.row
  const dueAt = commonTime(post.publications)
  if (schedule && dueAt && dueAt.getTime() !== Date.parse(schedule.dueAt)) {
    post.row.schedule = scheduleAt(dueAt, schedule.zone)
    await savePost(tx, call, post, 'scheduled')
  } else await tx.manager.save(post.publications)
}

/** The time at which everything goes out that has not gone out yet; null where there are several, or none. */
function commonTime(publications: PostPublicationRow[]): Date | null {
  const [first, ...others] = publications.filter(isOpen).map(({ dueAt }) => dueAt)
  if (!first || others.some((other) => other.getTime() !== first.getTime())) return null
  return first
}

function scheduleAt(dueAt: Date, zone: string): Schedule {
  // Swedish writes dates as ISO does.
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  const local = wall.format(dueAt).replace(' ', 'T')
  return { kind: 'at', local, zone, dueAt: dueAt.toISOString(), adjusted: null }
}
