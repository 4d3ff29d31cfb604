import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, Post, VersionsRead } from '@hamava/contracts'
import { assetIdsOf } from '@hamava/networks/rules'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { policyOf } from '../approval/approval-policy.service.ts'
import { assetsById } from '../assets/assets.service.ts'
import { CarryOutChange } from '../changes/carry-out-change.ts'
import { sinceApproval } from './approvals-of.ts'
import { planOf, publishPlan } from './plan-of.ts'
import type { PostPublicationRow } from './post-publication.entity.ts'
import { PostReferences } from './post-references.ts'
import { expectState, isOpen, type OpenPost, openPost, readPost, savePost } from './post-store.ts'
import { RevisionRow } from './revision.entity.ts'

type Decision = NonNullable<Post['review']>['decision']

/** Submit, approve, request changes: the four eyes of a post. */
@Injectable()
export class ReviewPost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly references: PostReferences,
    private readonly changes: CarryOutChange,
  ) {}

  async submit(call: CallContext, id: string): Promise<Post> {
    const { row } = await this.read(call, id, null)
    expectState(row, ['draft', 'changes_requested'], 'submitted')
    await this.references.loadAndValidate(this.dataSource.manager, call, row.content)
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, [row.version])
      Object.assign(post.row, { state: 'in_review', review: null })
      return savePost(tx, call, post, 'submitted')
    })
  }

  /** Pins the approval to exactly this version; what is planned may then leave. */
  async approve(
    call: CallContext,
    id: string,
    versions: VersionsRead,
    comment: string | null,
  ): Promise<Post> {
    const { row } = await this.read(call, id, versions)
    if (row.schedule) await this.references.load(this.dataSource.manager, call, row.content)
    // `now` means as soon as the post may leave, which is from this approval on.
    const schedule =
      row.schedule?.kind === 'now'
        ? await this.references.resolveSchedule(call, { now: true })
        : row.schedule
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, [row.version])
      expectState(post.row, ['in_review'], 'approved')
      await this.refuseOwnPost(tx, call, post)
      decide(call, post, 'approved', comment)
      post.row.schedule = schedule
      const approved = await savePost(tx, call, post, 'approved')
      await this.planAgain(tx, call, post)
      return approved
    })
  }

  async requestChanges(
    call: CallContext,
    id: string,
    versions: VersionsRead,
    comment: string,
  ): Promise<Post> {
    await this.changes.settle(call, id)
    return this.transactions.run(async (tx) => {
      const post = await openPost(tx, call, id, versions)
      expectState(post.row, ['in_review'], 'sent back')
      await this.refuseOwnPost(tx, call, post)
      decide(call, post, 'changes_requested', comment)
      return savePost(tx, call, post, 'changes_requested')
    })
  }

  /** Reads the post once no change of it is under way. */
  private async read(call: CallContext, id: string, versions: VersionsRead) {
    await this.changes.settle(call, id)
    return readPost(this.dataSource.manager, call, id, versions)
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
   * Plans the post again with the approval in it, under its new version. Failed publications are not sent again, nor
   * are missed ones, unless `schedule.kind` is `now`.
   */
  private async planAgain(tx: Tx, call: CallContext, { row, publications }: OpenPost) {
    if (!row.schedule) return
    const { schedule } = row
    const open = publications.filter(isOpen)
    const keepsTime = ({ state }: PostPublicationRow) =>
      state === 'failed' || schedule.kind !== 'now'
    const assets = await assetsById(tx.manager, call, assetIdsOf(row.content))
    publishPlan(tx, call, row, planOf(row, open, { assets }, keepsTime))
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
