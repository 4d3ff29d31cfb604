import { Transactions } from '@hamava/bus'
import type { CallContext, Post, PostInput } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { policyOf } from '../approval/approval-policy.service.ts'
import { planOf, publishPlan } from './plan-of.ts'
import { PostRow } from './post.entity.ts'
import { PostMaterial } from './post-material.ts'
import { announcePost, newPublications, saveNewPost } from './post-store.ts'
import { showPost } from './show-post.ts'
import { withAlts } from './snapshot.ts'

@Injectable()
export class CreatePost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly material: PostMaterial,
  ) {}

  /**
   * Stores a post, with its schedule if it has one, in one transaction; its publications are `planned`
   * from then on. Under a policy without approval, scheduling approves.
   */
  async create(call: CallContext, input: PostInput): Promise<Post> {
    const row = newPost(call, input)
    const said = { ...row, targets: input.targets }
    const { manager } = this.dataSource
    const [{ approval }, schedule, material] = await Promise.all([
      policyOf(manager, call),
      input.schedule ? this.material.when(call, input.schedule) : null,
      input.schedule
        ? this.material.gatherPublishable(manager, call, said)
        : this.material.gather(manager, call, said),
    ])
    const { assets, parts, targets } = withAlts(said, material.assets)
    Object.assign(row, { assets, parts, targets })
    return this.transactions.run(async (tx) => {
      row.schedule = schedule
      if (schedule) row.state = approval === 'none' ? 'approved' : 'in_review'
      const channelIds = input.targets.map((target) => target.channelId)
      const publications = schedule
        ? newPublications(row, channelIds, schedule, material.channels)
        : []
      await saveNewPost(tx, call, row, publications)
      const post = showPost(row, publications)
      announcePost(tx, call, 'created', null, post)
      if (schedule) publishPlan(tx, call, row, planOf(row, publications, material))
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
    text: input.text,
    assets: input.assets ?? [],
    parts: input.parts ?? [],
    firstComment: input.firstComment ?? null,
    targets: input.targets,
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
