import { type EventContext, OnEvent, type Tx } from '@hamava/bus'
import { Controller, type Type } from '@nestjs/common'
import { audit } from '../audit/audit.service.ts'
import { FeedService } from './feed.service.ts'
import { FeedEventRow } from './feed-event.entity.ts'
import { type FeedType, feedTypes } from './feed-types.ts'

/** Writers take turns, so that the feed's numbers are committed in their order. */
const feedLock = 7_420_001
const keepFor = '7 days'
const forgetEveryMs = 600_000

/** One handler per event of the feed: they differ in nothing but their contract. */
export function feedRecorder(): Type {
  @Controller()
  class FeedRecorder {
    constructor(readonly feed: FeedService) {}
  }
  for (const type of feedTypes) {
    const name = type.event.name.replaceAll('.', '_')
    const descriptor: TypedPropertyDescriptor<
      (this: FeedRecorder, body: unknown, event: EventContext) => Promise<void>
    > = {
      value(body, event) {
        return record(this.feed, type, body as Body, event)
      },
      configurable: true,
      writable: true,
    }
    OnEvent(type.event)(FeedRecorder.prototype, name, descriptor)
    Object.defineProperty(FeedRecorder.prototype, name, descriptor)
  }
  return FeedRecorder
}

type Body = Record<string, unknown> & { before?: object | null; after?: object | null }

async function record(
  feed: FeedService,
  { event: contract, subject }: FeedType,
  body: Body,
  { tx, call, eventId }: EventContext,
): Promise<void> {
  const { workspaceId } = call
  if (subject) {
    const id = String(body[subject.field] ?? workspaceId)
    const { before = null, after = null } = body
    const action = `${contract.name}${body.action ? `:${body.action}` : ''}`
    await audit(tx, call, { action, subject: { kind: subject.kind, id }, before, after })
  }
  await tx.manager.query('select pg_advisory_xact_lock($1)', [feedLock])
  await forgetOld(tx)
  const row = { id: eventId, workspaceId, type: contract.name, channelIds: channelsOf(body), body }
  await tx.manager.insert(FeedEventRow, row)
  tx.afterCommit(() => feed.announce(workspaceId))
}

let forgotAt = 0

/** Looking for what is too old means reading the whole feed: now and then is enough. */
async function forgetOld({ manager }: Tx): Promise<void> {
  if (Date.now() - forgotAt < forgetEveryMs) return
  forgotAt = Date.now()
  await manager.query(`delete from feed_events where at < now() - interval '${keepFor}'`)
}

/** The channels that a fact is about, wherever its body names them. */
function channelsOf(body: Body): string[] | null {
  const after = (body.after ?? body.before ?? {}) as {
    channelId?: unknown
    targets?: { channelId: string }[]
  }
  if (typeof body.channelId === 'string') return [body.channelId]
  if (typeof after.channelId === 'string') return [after.channelId]
  return after.targets?.map((target) => target.channelId) ?? null
}
