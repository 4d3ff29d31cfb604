import { setTimeout as delay } from 'node:timers/promises'
import { RequestClient } from '@hamava/bus'
import {
  type CallContext,
  type ChangeResult,
  type ParsedInputOf,
  type PublicationPlan,
  replanPublications,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { snapshotBytes } from '../posts/snapshot.ts'

type Replan = ParsedInputOf<typeof replanPublications>

/** What one request to change publications may hold, in bytes of their snapshots. */
const batchBytes = 8_000_000
/** Hundreds of publications are changed one after the other. */
const deadlineMs = 20_000
/** The pause between tries while publishing is still answering the same `changeId`. */
const pauseMs = 200

/**
 * Asks publishing to change planned publications, in as many requests as it takes; a repeat only gets the same answers.
 */
@Injectable()
export class AskPublishing {
  constructor(private readonly requests: RequestClient) {}

  /** Throws `unavailable` where an answer is missing, so that nobody knows what was carried out. */
  async change(
    call: CallContext,
    { publications, cancel, changeId, ...change }: Replan & { changeId: string },
  ): Promise<ChangeResult> {
    const answer: ChangeResult = { done: [], tooLate: [] }
    if (publications.length + cancel.length === 0) return answer
    for (const [at, batch] of inBatches(publications).entries()) {
      const part = {
        ...change,
        changeId: `${changeId}/${at}`,
        publications: batch,
        cancel: at === 0 ? cancel : [],
      }
      const { done, tooLate } = await this.ask(call, part).catch((error: unknown) => {
        // Earlier batches are carried out and stay so: they are answered, with this batch as not changed.
        if (at === 0 || !isRefusal(error)) throw error
        return { done: [], tooLate: batch.map(notChanged) }
      })
      answer.done.push(...done)
      answer.tooLate.push(...tooLate)
    }
    return answer
  }

  private async ask(call: CallContext, batch: Replan): Promise<ChangeResult> {
    const until = Date.now() + deadlineMs
    for (;;) {
      try {
        return await this.requests.send(replanPublications, call, batch, { deadlineMs })
      } catch (error) {
        const isUnderWay = error instanceof AppError && error.code === 'idempotency_in_flight'
        if (!isUnderWay) throw error
        if (Date.now() > until) throw new AppError('unavailable', { service: 'publishing' })
        await delay(pauseMs)
      }
    }
  }
}

/** A refused change was not carried out; after any other error nobody knows. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && !['internal', 'unavailable'].includes(error.kind)

const notChanged = ({ publicationId }: PublicationPlan): ChangeResult['tooLate'][number] => ({
  publicationId,
  state: 'planned',
})

/** Splits plans into batches of about `batchBytes`: mostly one, and at least one even without plans. */
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
