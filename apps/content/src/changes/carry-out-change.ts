import { randomUUID } from 'node:crypto'
import {
  doOnce,
  earlierReply,
  type Idempotency,
  keyOfRequest,
  Transactions,
  type Tx,
  withoutKey,
} from '@hamava/bus'
import type { CallContext, ChangeResult, PostChange, VersionsRead } from '@hamava/contracts'
import { assetIdsOf, timeOf } from '@hamava/networks/rules'
import { AppError, excerptOf } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { assetsById } from '../assets/assets.service.ts'
import { planOf, publishPlan } from '../posts/plan-of.ts'
import { PostRow } from '../posts/post.entity.ts'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { newPublications, openPost, readPost, savePost } from '../posts/post-store.ts'
import { shownTo, toPost } from '../posts/to-post.ts'
import { AskPublishing, isRefusal } from './ask-publishing.ts'
import type { PostBefore, PostDecision } from './decide-change.ts'
import { UnsettledChangeRow } from './unsettled-change.entity.ts'

/** Somebody else changed the post between the decision and its carrying out: it is decided again. */
class ChangedMeanwhile extends Error {
  override name = 'ChangedMeanwhile'
}

/** How often a change is decided before it fails with `change_under_way`. */
const mostTries = 5

/**
 * Carries out what was decided about a post. No transaction is open while publishing is asked: the decision is written
 * down before, and its outcome afterwards. Where the answer is lost, the decision stays and is asked about again.
 */
@Injectable()
export class CarryOutChange {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly publishing: AskPublishing,
  ) {}

  /** Throws what `decide` throws, and `unavailable` while nobody knows what became of the change. */
  async change(
    call: CallContext,
    id: string,
    versions: VersionsRead,
    decide: (before: PostBefore) => Promise<PostDecision>,
  ): Promise<PostChange> {
    for (let tries = 1; ; tries++) {
      const settled = await this.settle(call, id)
      const own = keyOfRequest()
      // A repeat of a request whose answer was lost: the change is done, so it gets the kept answer.
      const done = own && settled?.key === own.key && (await earlierReply(this.dataSource, own))
      if (done) return done.value as PostChange
      const before = await readPost(this.dataSource.manager, call, id, versions)
      const decision = await decide(before)
      try {
        if (decision.kept.length + decision.dropped.length === 0)
          return await this.saveAtOnce(call, before, decision)
        return await this.carryOut(await this.writeDown(call, before, decision))
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error
        if (tries === mostTries) throw new AppError('change_under_way')
      }
    }
  }

  /**
   * Finishes the unsettled change of this post, if there is one, and returns its `idempotency`. Throws `unavailable`.
   */
  async settle({ workspaceId }: CallContext, postId: string): Promise<Idempotency | null> {
    const change = await this.dataSource.getRepository(UnsettledChangeRow).findOneBy({ postId })
    if (change?.call.workspaceId !== workspaceId) return null
    await this.finish(change)
    return change.idempotency
  }

  /**
   * Asks publishing for the decision and writes down the outcome, with the answer under the change's own key; a refusal
   * is an outcome, too.
   */
  async finish(change: UnsettledChangeRow): Promise<void> {
    const { postId, changeId, idempotency } = change
    const carryOut = () => this.carryOut(change)
    try {
      await (idempotency ? doOnce(idempotency, carryOut) : withoutKey(carryOut))
    } catch (error) {
      const isLeft = await this.dataSource.manager.existsBy(UnsettledChangeRow, {
        postId,
        changeId,
      })
      if (isLeft) throw error
    }
  }

  private saveAtOnce(call: CallContext, before: PostBefore, decision: PostDecision) {
    const { id, version } = before.row
    const nothing = { done: [], tooLate: [] }
    return this.transactions.run((tx) => save(tx, { postId: id, version, call, decision }, nothing))
  }

  private async writeDown(
    call: CallContext,
    { row: { id: postId, version } }: PostBefore,
    decision: PostDecision,
  ): Promise<UnsettledChangeRow> {
    const change = Object.assign(new UnsettledChangeRow(), {
      postId,
      changeId: randomUUID(),
      version,
      call,
      decision,
      idempotency: keyOfRequest() ?? null,
      askedAt: new Date(),
    })
    await this.dataSource.transaction(async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const
      const row = await manager.findOne(PostRow, { where: { id: postId }, lock })
      if (!row || row.deletedAt || row.version !== version) throw new ChangedMeanwhile()
      if (await manager.existsBy(UnsettledChangeRow, { postId })) throw new ChangedMeanwhile()
      await manager.save(change)
    })
    return change
  }

  private async carryOut(change: UnsettledChangeRow): Promise<PostChange> {
    const { postId, changeId, call } = change
    const changes = this.dataSource.getRepository(UnsettledChangeRow)
    const question = await this.questionOf(change)
    let answer: ChangeResult
    try {
      answer = await this.publishing.change(call, question)
      if (answer.done.length + change.decision.minted.length === 0) throw noneInTime(answer)
    } catch (error) {
      // Refused as a whole: nothing of it was carried out, and the post stays as it is.
      if (isRefusal(error)) await changes.delete({ postId, changeId })
      throw error
    }
    return this.transactions.run(async (tx) => {
      const { affected } = await tx.manager.delete(UnsettledChangeRow, { postId, changeId })
      if (affected) return save(tx, change, answer)
      // Somebody else has settled this change already.
      const { row, publications } = await readPost(tx.manager, anyChannel(call), postId)
      return { post: shownTo(call, toPost(row, publications)), tooLate: answer.tooLate }
    })
  }

  private async questionOf({ postId, changeId, version, call, decision }: UnsettledChangeRow) {
    const { manager } = this.dataSource
    const { becomes, kept, dropped, keepsTime } = decision
    const { row, publications } = await readPost(manager, anyChannel(call), postId)
    const assets = await assetsById(manager, call, assetIdsOf(becomes.content))
    const isOf = (ids: string[]) => publications.filter(({ id }) => ids.includes(id))
    return {
      postId,
      changeId,
      version: version + 1,
      schedule: becomes.schedule,
      excerpt: excerptOf(becomes.content.text),
      publications: planOf({ ...row, ...becomes }, isOf(kept), { assets }, () => keepsTime),
      cancel: isOf(dropped).map(({ id, channelId }) => ({ publicationId: id, channelId })),
    }
  }
}

/** The caller's channels were checked when the change was decided. */
const anyChannel = (call: CallContext): CallContext => ({ ...call, channelIds: null })

type Decided = Pick<UnsettledChangeRow, 'postId' | 'version' | 'call' | 'decision'>

/** Saves the post as it was decided, as far as publishing was in time. */
async function save(
  tx: Tx,
  { postId, version, call, decision }: Decided,
  { done, tooLate }: ChangeResult,
): Promise<PostChange> {
  const post = await openPost(tx, anyChannel(call), postId)
  const { row, publications } = post
  if (row.version !== version) throw new ChangedMeanwhile()
  const { becomes, known, kept, keepsTime, dropped, action } = decision
  Object.assign(row, becomes)
  // Events since the decision are newer than publishing's answer, which may be a repeated one.
  const isAsKnown = ({ id, revision }: PostPublicationRow) => revision <= (known[id] ?? 0)
  const changed = publications.filter((one) => done.includes(one.id) && isAsKnown(one))
  for (const publication of changed) {
    if (dropped.includes(publication.id)) publication.state = 'cancelled'
    if (keepsTime || !becomes.schedule || !kept.includes(publication.id)) continue
    publication.state = 'planned'
    publication.dueAt = new Date(timeOf(becomes.schedule, publication.channelId))
    publication.missingSince = null
  }
  const minted = becomes.schedule ? newPublications(row, decision.minted, becomes.schedule) : []
  post.publications = [...publications, ...minted]
  const saved = await savePost(tx, call, post, action)
  if (minted.length > 0) await publishMinted(tx, call, row, minted)
  return { post: saved, tooLate }
}

/** New publications were promised to nobody yet: they are told in the transaction of this change, or not at all. */
async function publishMinted(
  tx: Tx,
  call: CallContext,
  row: PostRow,
  minted: PostPublicationRow[],
) {
  const assets = await assetsById(tx.manager, call, assetIdsOf(row.content))
  publishPlan(tx, call, row, planOf(row, minted, { assets }))
}

/**
 * `in_doubt` where a publication may be live: once that is known, it may be changeable. Else all have left: `too_late`.
 */
function noneInTime({ tooLate }: ChangeResult): AppError {
  const until = tooLate
    .flatMap(({ inDoubtUntil }) => inDoubtUntil ?? [])
    .sort()
    .at(-1)
  return until ? new AppError('in_doubt', { until }) : new AppError('too_late')
}
