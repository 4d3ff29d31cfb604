import { RequestClient, type Tx } from '@hamava/bus'
import { type CallContext, type Replaced, replanPublications } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { planOf } from '../posts/plan-of.ts'
import { PostMaterial } from '../posts/post-material.ts'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'
import type { OpenPost } from '../posts/post-store.ts'
import { showPost } from '../posts/show-post.ts'
import { excerptOf } from '../posts/snapshot.ts'
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
    private readonly material: PostMaterial,
  ) {}

  /** Changes the rows of `posts`, which the caller saves. Throws what a new plan of the post would. */
  async plan(
    call: CallContext,
    tx: Tx,
    posts: OpenPost[],
    { ids, at, everySeconds }: Wanted,
  ): Promise<Replaced> {
    const answer: Replaced = { done: [], tooLate: [] }
    const placeOn = new Map<string, number>()
    for (const post of posts) {
      const missing = post.publications.filter(({ id }) => ids.includes(id))
      if (missing.length === 0) continue
      const said = showPost(post.row, post.publications)
      const material = await this.material.gatherPublishable(tx.manager, call, said)
      for (const one of missing) {
        const place = placeOn.get(one.channelId) ?? 0
        placeOn.set(one.channelId, place + 1)
        const { dueAt } = await this.material.when(call, {
          at: new Date(Date.parse(at) + place * everySeconds * 1000).toISOString(),
        })
        const plan = planOf(post.row, [one], material, () => false)
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
  ): Promise<Replaced> {
    return this.requests.send(replanPublications, call, {
      postId: row.id,
      version: row.version + 1,
      schedule: scheduleAt(dueAt, row.schedule?.zone ?? 'UTC'),
      excerpt: excerptOf(row.text),
      publications,
      cancel: [],
    })
  }
}

const planned = (row: PostPublicationRow, dueAt: Date) =>
  Object.assign(row, { dueAt, missingSince: null })
