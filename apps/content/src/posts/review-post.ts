import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, Post, VersionsRead } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { policyOf } from '../approval/approval-policy.service.ts'
import { sinceApproval } from './approvals-of.ts'
import { planOf, publishPlan } from './plan-of.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'
import { PostReferences } from './post-references.ts'
import { expectState, isOpen, type OpenPost, openPost, savePost } from './post-store.ts'
import { RevisionRow } from './revision.entity.ts'

type Decision = NonNullable<Post['review']>['decision']

/** Submit, approve, request changes: the four eyes of a post. */
@Injectable()
export class ReviewPost {
  constructor(
    private readonly transactions: Transactions,
    private readonly references: PostReferences,
  ) {}

  submit(call: CallContext, id: string): Promise<Post> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id)
      expectState(post.row, ['draft', 'changes_requested'], 'submitted')
      await this.references.loadAndValidate(tx.manager, call, post.row.content)
      Object.assign(post.row, { state: 'in_review', review: null })
      return savePost(tx, call, post, 'submitted')
    })
  }

  /** Pins the approval to exactly this version; what is planned may then leave. */
  approve(
    call: CallContext,
    id: string,
    versions: VersionsRead,
    comment: string | null,
  ): Promise<Post> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, versions)
      expectState(post.row, ['in_review'], 'approved')
      await this.refuseOwnPost(tx, call, post)
      decide(call, post, 'approved', comment)
      // "Now" was meant as soon as it may.
      const { schedule } = post.row
      if (schedule?.kind === 'now')
        post.row.schedule = await this.references.resolveSchedule(call, { now: true })
      const approved = await savePost(tx, call, post, 'approved')
      await this.planAgain(tx, call, post)
      return approved
    })
  }

  requestChanges(
    call: CallContext,
    id: string,
    versions: VersionsRead,
    comment: string,
  ): Promise<Post> {
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, versions)
      expectState(post.row, ['in_review'], 'sent back')
      await this.refuseOwnPost(tx, call, post)
      decide(call, post, 'changes_requested', comment)
      return savePost(tx, call, post, 'changes_requested')
    })
  }

  private async refuseOwnPost(tx: Tx, call: CallContext, { row }: OpenPost): Promise<void> {
    const { approval } = await policyOf(tx.manager, call)
    if (approval !== 'other_person') return
    const { memberId } = call.actor
    if (memberId === null || row.authorId === memberId) throw new AppError('own_post')
    const writers = await writersSinceApproval(tx, row.id)
    if (writers.includes(memberId)) throw new AppError('own_post')
  }

  /**
   * The same plan with the approval in it, under the post's new version. It sends nothing anew that failed, nor what
   * was missed meanwhile, unless it was to go as soon as it may.
   */
  private async planAgain(tx: Tx, call: CallContext, { row, publications }: OpenPost) {
    if (!row.schedule) return
    const { schedule } = row
    const open = publications.filter(isOpen)
    const keepsTime = ({ state }: PostPublicationRow) =>
      state === 'failed' || schedule.kind !== 'now'
    const references = await this.references.load(tx.manager, call, row.content)
    publishPlan(tx, call, row, planOf(row, open, references, keepsTime))
  }
}

function decide(call: CallContext, { row }: OpenPost, decision: Decision, comment: string | null) {
  const by = call.actor.memberId ?? call.actor.viaId
  row.state = decision
  row.review = { by, at: new Date().toISOString(), decision, comment }
}

/** Everybody whose words the next approval would cover. */
async function writersSinceApproval(tx: Tx, postId: string): Promise<(string | null)[]> {
  const revisions = await tx.manager.find(RevisionRow, {
    where: { postId },
    order: { version: 'ASC' },
  })
  return sinceApproval(revisions)
    .filter((revision) => ['created', 'edited'].includes(revision.action))
    .map((revision) => revision.by)
}
