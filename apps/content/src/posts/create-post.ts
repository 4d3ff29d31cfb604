import { Transactions } from '@hamava/bus'
import type { CallContext, Post, PostInput } from '@hamava/contracts'
import { toContent } from '@hamava/networks/rules'
import { newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { policyOf } from '../approval/approval-policy.service.ts'
import { channelsOf } from './check-post.ts'
import { planOf, publishPlan } from './plan-of.ts'
import { PostRow } from './post.entity.ts'
import { PostReferences } from './post-references.ts'
import { announcePost, mint, newPublications, saveNewPost } from './post-store.ts'
import { withAlts } from './snapshot.ts'
import { toPost } from './to-post.ts'

@Injectable()
export class CreatePost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly references: PostReferences,
  ) {}

  /**
   * Stores a post, with its schedule if it has one, in one transaction; its publications are `planned`
   * from then on. Under a policy without approval, scheduling approves.
   */
  async create(call: CallContext, input: PostInput): Promise<Post> {
    const row = newPost(call, input)
    const { manager } = this.dataSource
    const [{ approval }, schedule, references] = await Promise.all([
      policyOf(manager, call),
      input.schedule ? this.references.resolveSchedule(call, input.schedule) : null,
      input.schedule
        ? this.references.loadAndValidate(manager, call, row.content)
        : this.references.load(manager, call, row.content),
    ])
    row.content = withAlts(row.content, references.assets)
    return this.transactions.run(async (tx) => {
      row.schedule = schedule
      if (schedule) row.state = approval === 'none' ? 'approved' : 'in_review'
      const publications = schedule
        ? newPublications(row, mint(channelsOf(row.content), references.channels), schedule)
        : []
      await saveNewPost(tx, call, row, publications)
      const post = toPost(row, publications)
      announcePost(tx, call, 'created', null, post)
      if (schedule) publishPlan(tx, call, row, planOf(row, publications, references))
      return post
    })
  }
}

function newPost(call: CallContext, input: PostInput): PostRow {
  const now = new Date()
  return Object.assign(new PostRow(), {
    id: newId('post'),
    workspaceId: call.workspaceId,
    authorId: call.actor.memberId,
    content: toContent(input),
    campaignId: input.campaignId ?? null,
    tags: input.tags ?? [],
    state: 'draft' as const,
    schedule: null,
    review: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  })
}
