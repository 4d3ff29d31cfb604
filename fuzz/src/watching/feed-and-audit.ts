import { isDeepStrictEqual } from 'node:util'
import { until } from '@hamava/dev-stack'
import type { Finding } from '../oracles/oracle.ts'
import { fieldOf } from '../sending/http.ts'
import { itemsOf, must, textOf } from '../world/api.ts'
import type { World } from '../world/world.ts'
import type { FeedEvent, FeedListener } from './feed-listener.ts'

const settleMs = 30_000

/** The field of an event with the id of its subject; events that are not here change no thing, and are in no log. */
const subjects: Readonly<Record<string, string>> = {
  'content.post.changed.v1': 'postId',
  'content.asset.changed.v1': 'assetId',
  'content.policy.changed.v1': '',
  'publishing.publication.changed.v1': 'publicationId',
  'publishing.hold.changed.v1': 'holdId',
  'publishing.policy.changed.v1': '',
  'publishing.channel.changed.v1': 'channelId',
  'listening.conversation.changed.v1': 'conversationId',
}

/** An entry of the audit log, or an event of the feed, without its content. */
export interface Entry {
  readonly action: string
  readonly subject: string
}

/** The newest entry from before the listener heard anything. */
export async function newestEntry({ access, owner }: World): Promise<string> {
  const page = await must(access.url, owner, 'GET', '/v1/audit-events?limit=1')
  return textOf(itemsOf(page)[0], 'id')
}

/** For each subject that the feed tells of, the audit log and the feed have the same entries in the same order. */
export async function feedEqualsAudit(
  world: World,
  listener: FeedListener,
  since: string,
): Promise<Finding[]> {
  const ws = world.owner.workspaceId ?? ''
  const told = () => listener.events.flatMap((event) => changeOf(event, ws))
  let logged: Entry[] = []
  const areEqual = async () => {
    logged = (await readLog(world, since)).filter(isTold)
    return isDeepStrictEqual(bySubject(logged), bySubject(told())) ? true : undefined
  }
  try {
    await until(areEqual, { what: 'the feed', timeoutMs: settleMs, intervalMs: 1_000 })
    return []
  } catch {
    return differences(bySubject(logged), bySubject(told()))
  }
}

function changeOf({ type, data }: FeedEvent, workspaceId: string): Entry[] {
  const field = subjects[type]
  if (field === undefined) return []
  const action = typeof data.action === 'string' ? `${type}:${data.action}` : type
  return [{ action, subject: String(data[field] ?? workspaceId) }]
}

/** Whether the feed tells of entries of this kind, too. */
const isTold = ({ action }: Entry) => (action.split(':')[0] ?? '') in subjects

/** Oldest first. */
export async function readLog({ access, owner }: World, since: string): Promise<Entry[]> {
  const changes: Entry[] = []
  let cursor = ''
  do {
    const path = `/v1/audit-events?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const page = await must(access.url, owner, 'GET', path)
    for (const entry of itemsOf(page)) {
      if (textOf(entry, 'id') <= since) return changes.reverse()
      const action = textOf(entry, 'action')
      changes.push({ action, subject: textOf(fieldOf(entry, 'subject'), 'id') })
    }
    cursor = textOf(page, 'nextCursor')
  } while (cursor)
  return changes.reverse()
}

function bySubject(changes: readonly Entry[]): Map<string, string[]> {
  const subjects = new Map<string, string[]>()
  for (const { action, subject } of changes) {
    subjects.set(subject, [...(subjects.get(subject) ?? []), action])
  }
  return new Map([...subjects].sort(([a], [b]) => a.localeCompare(b)))
}

export function differences(logged: Map<string, string[]>, told: Map<string, string[]>): Finding[] {
  const findings: Finding[] = []
  for (const subject of new Set([...logged.keys(), ...told.keys()])) {
    const [log = [], feed = []] = [logged.get(subject), told.get(subject)]
    if (isDeepStrictEqual(log, feed)) continue
    const detail = `${subject}: the log has ${log.join(', ')}; the feed ${feed.join(', ')}`
    findings.push({
      oracle: 'feed',
      what: differenceOf(log, feed),
      detail,
      operation: 'streamEvents',
    })
  }
  return findings
}

function differenceOf(log: readonly string[], feed: readonly string[]): string {
  const name = (log[0] ?? feed[0] ?? '').split(':')[0]
  if (log.length > feed.length) return `lacks what the audit log has of ${name}`
  if (log.length < feed.length) return `tells what the audit log has not, of ${name}`
  return `tells in another order than the audit log, of ${name}`
}
