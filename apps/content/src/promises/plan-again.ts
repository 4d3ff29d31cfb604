import { RequestClient, type Tx } from '@hamava/bus'
import { type CallContext, type ChangeResult, replanPublications } from '@hamava/contracts'
import { excerptOf } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { planOf } from '../posts/plan-of.ts'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { PostReferences } from '../posts/post-references.ts'
import type { OpenPost } from '../posts/post-store.ts'
import { scheduleAt } from './schedule-at.ts'

interface Wanted {
  ids: string[]
  at: string
  everySeconds: number
}

/** Plans publications again that publishing does not know, and nothing else of their posts. */
@Injectable()
export class PlanAgain {
  constructor(
    private readonly requests: RequestClient,
    private readonly references: PostReferences,
  ) {}

  /** Changes the rows of `posts`, which the caller saves. Throws what a new plan of the post would. */
  async plan(
    call: CallContext,
    tx: Tx,
    posts: OpenPost[],
    { ids, at, everySeconds }: Wanted,
  ): Promise<ChangeResult> {
    const answer: ChangeResult = { done: [], tooLate: [] }
    const placeOn = new Map<string, number>()
    for (const post of posts) {
      const missing = post.publications.filter(({ id }) => ids.includes(id))
      if (missing.length === 0) continue
      const references = await this.references.loadAndValidate(tx.manager, call, post.row.content)
      for (const one of missing) {
        const place = placeOn.get(one.channelId) ?? 0
        placeOn.set(one.channelId, place + 1)
        const { dueAt } = await this.references.resolveSchedule(call, {
          at: new Date(Date.parse(at) + place * everySeconds * 1000).toISOString(),
        })
        const plan = planOf(post.row, [one], references, () => false)
        const { done, tooLate } = await this.replan(call, post, new Date(dueAt), plan)
        answer.done.push(...done)
        answer.tooLate.push(...tooLate)
        if (done.includes(one.id)) planned(one, new Date(dueAt))
      }
    }
    return answer
  }

  private replan(
    call: CallContext,
    { row }: OpenPost,
    dueAt: Date,
    publications: ReturnType<typeof planOf>,
  ): Promise<ChangeResult> {
    return this.requests.send(replanPublications, call, {
      postId: row.id,
      version: row.version + 1,
      schedule: scheduleAt(dueAt, row.schedule?.zone ?? 'UTC'),
      excerpt: excerptOf(row.content.text),
      publications,
      cancel: [],
    })
  }
}

const planned = (row: PostPublicationRow, dueAt: Date) =>
  Object.assign(row, { dueAt, missingSince: null })
