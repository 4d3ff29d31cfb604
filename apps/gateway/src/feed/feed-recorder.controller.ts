import { type EventContext, type EventOf, OnEvents, type SharedTx } from '@hamava/bus'
import type { EventContract, FieldChange } from '@hamava/contracts'
import { Controller, type Type } from '@nestjs/common'
import { auditAll } from '../audit/audit.service.ts'
import { concernedChannels } from './concerned-channels.ts'
import { FeedService } from './feed.service.ts'
import { type FeedType, feedTypes } from './feed-types.ts'
import { writeFeed } from './write-feed.ts'

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
      (this: FeedRecorder, events: EventOf<EventContract>[], tx: SharedTx) => Promise<void>
    > = {
      value(events, tx) {
        return record(this.feed, type, events as FeedEvent[], tx)
      },
      configurable: true,
      writable: true,
    }
    OnEvents(type.event)(FeedRecorder.prototype, name, descriptor)
    Object.defineProperty(FeedRecorder.prototype, name, descriptor)
  }
  return FeedRecorder
}

type Body = Record<string, unknown> & {
  before?: object | null
  after?: object | null
  /** In place of `before` and `after`, where a thing may be too large to be told twice. */
  changes?: FieldChange[]
}
type FeedEvent = EventContext & { body: Body }

async function record(
  feed: FeedService,
  { event: contract, subject }: FeedType,
  events: FeedEvent[],
  tx: SharedTx,
): Promise<void> {
  if (subject) {
    const changes = events.map(({ call, body }) => {
      const id = String(body[subject.field] ?? call.workspaceId)
      const { before, after } = sidesOf(body)
      const action = `${contract.name}${body.action ? `:${body.action}` : ''}`
      const channelIds = concernedChannels(body)
      return { call, action, subject: { kind: subject.kind, id }, channelIds, before, after }
    })
    await auditAll(tx, changes)
  }
  const type = contract.name
  const entries = events.map(({ eventId: id, call: { workspaceId }, body }) => {
    return { id, workspaceId, type, channelIds: concernedChannels(body), body }
  })
  await writeFeed(tx, entries)
  await forgetOld(tx)
  const workspaceIds = new Set(entries.map(({ workspaceId }) => workspaceId))
  tx.afterCommit(() => {
    for (const workspaceId of workspaceIds) feed.news.announce(workspaceId)
  })
}

/** The two sides of a change: whole things, or only the fields that differ, by their paths. */
function sidesOf({ before = null, after = null, changes }: Body) {
  if (!changes) return { before, after }
  const side = (which: 'old' | 'new') => {
    const fields = changes.flatMap((change) =>
      change[which] === null ? [] : [[change.field, change[which]] as const],
    )
    return fields.length > 0 ? Object.fromEntries(fields) : null
  }
  return { before: side('old'), after: side('new') }
}

let forgotAt = 0

/** Deletes old events now and then. By `seq`, so that no event is missing after the oldest one that is left. */
async function forgetOld({ manager }: SharedTx): Promise<void> {
  if (Date.now() - forgotAt < forgetEveryMs) return
  forgotAt = Date.now()
  await manager.query(
    `delete from feed_events where seq <
       (select min(seq) from feed_events where at >= now() - interval '${keepFor}')`,
  )
}
