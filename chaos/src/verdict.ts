import { type FaultKindName, faultKindNames, minimumOf } from './fault-kinds.ts'
import type { FaultRecord } from './inject-faults.ts'
import { type Keying, keyings } from './plan-posts.ts'
import type { JournalContents, LivePost, MetFault } from './read-journal.ts'
import type { LedgerRow } from './read-ledger.ts'
import { isTouched, onTimeMs, type Touch, touchesRequest } from './touched.ts'
import type { Expected } from './write-posts.ts'

export interface Evidence {
  readonly expected: readonly Expected[]
  readonly journal: JournalContents
  readonly ledger: readonly LedgerRow[]
  readonly faults: readonly Pick<FaultRecord, 'kind' | 'startedAt' | 'endedAt' | 'touches'>[]
  readonly minutes: number
  /** How long after a fault what it touched may be late. */
  readonly afterMs: number
  /** The p99 lateness that is too late, for publications that no fault touched. */
  readonly tooLateMs: number
}

export interface Lateness {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

export interface Row {
  readonly name: Keying | 'all'
  readonly scheduled: number
  readonly published: number
  readonly duplicates: number
  readonly lost: number
  readonly falsePublished: number
  readonly unconfirmed: number
  readonly unsettled: number
  readonly early: number
  readonly lateness: Lateness
  readonly untouched: Lateness
}

export interface Verdict {
  readonly rows: readonly Row[]
  /** The half of all publications that is due in one second; `untouched` are those that no fault touched. */
  readonly burst: { readonly all: Lateness; readonly untouched: Lateness }
  readonly faults: readonly { kind: FaultKindName; fired: number; minimum: number }[]
  readonly failures: readonly string[]
  /** A few publications of each kind of failure. */
  readonly examples: Readonly<Record<string, readonly string[]>>
}

/** What became of one publication. */
interface Fate {
  readonly id: string
  readonly dueAt: number
  readonly keyed: Keying
  readonly isBurst: boolean
  readonly isPublished: boolean
  readonly duplicates: number
  readonly isLost: boolean
  readonly isFalse: boolean
  readonly isUnconfirmed: boolean
  readonly isUnsettled: boolean
  readonly latenessMs: number | null
  readonly isTouched: boolean
  readonly handle: string
  readonly settledAt: number
}

const sandboxKinds: Partial<Record<FaultKindName, string>> = {
  'reply dropped': 'drop_reply',
  'answered 429': '429',
  'answered 5xx': '5xx',
  'answered 503 after all was done': 'done_503',
  'cut off in the middle': 'cut',
  'texts rewritten': 'rewrite',
  'lists stale': 'stale_list',
  'slowed down': 'latency',
}

/** The requests of publishers; those of others delay no publication. */
const isPublishing = ({ request }: MetFault) =>
  /^POST \/posts$|^GET \/posts$| \/media/.test(request)

/** Two clocks of one machine round differently. */
const clockMs = 2

/** Joins the requested posts, the network's journal and the ledger. Pure, so that each criterion can be tested. */
export function verdictOn(evidence: Evidence): Verdict {
  const fates = fatesOf(evidence)
  const rows = [
    ...keyings.map((keyed) =>
      rowOf(
        keyed,
        fates.filter((fate) => fate.keyed === keyed),
      ),
    ),
    rowOf('all', fates),
  ]
  const faults = faultsOf(evidence)
  const burst = fates.filter(({ isBurst }) => isBurst)
  return {
    rows,
    burst: {
      all: latenessOf(burst),
      untouched: latenessOf(burst.filter((fate) => !fate.isTouched)),
    },
    faults,
    failures: failuresOf(rows, faults, evidence.tooLateMs),
    examples: examplesOf(fates),
  }
}

function failuresOf(rows: readonly Row[], faults: Verdict['faults'], tooLateMs: number): string[] {
  const failures: string[] = []
  const all = rows.find(({ name }) => name === 'all')
  if (!all) return failures
  const none = (count: number, what: string) => {
    if (count > 0) failures.push(`${count} ${what}`)
  }
  none(all.duplicates, 'duplicates')
  none(all.lost, 'lost')
  none(all.falsePublished, 'published in the ledger and not on the network')
  none(all.unsettled, 'not settled in time')
  none(all.early, 'live before they were due')
  for (const { name, unconfirmed } of rows) {
    if (name !== 'none' && name !== 'all')
      none(unconfirmed, `unconfirmed although their network can tell (${name})`)
  }
  if (all.untouched.count === 0)
    failures.push('no publication was left untouched, so none was on time')
  if (all.untouched.p99 >= tooLateMs)
    failures.push(`p99 lateness of what no fault touched is ${all.untouched.p99} ms`)
  for (const { kind, fired, minimum } of faults) {
    if (fired < minimum) failures.push(`${kind}: ${fired} times instead of ${minimum}`)
  }
  return failures
}

function fatesOf({ expected, journal, ledger, faults, afterMs }: Evidence): Fate[] {
  const live = grouped(journal.posts, ({ handle, text }) => keyOf(handle, text))
  const rows = new Map(ledger.map((row) => [keyOf(row.handle, row.text), row]))
  const touches = [
    ...faults.flatMap((fault) => fault.touches),
    ...journal.faults
      .filter(isPublishing)
      .flatMap(({ at, waitMs, handle, idempotencyKey }) =>
        touchesRequest(at, waitMs, handle, publicationOf(idempotencyKey)),
      ),
  ]
  const narrow = touchIndex(touches)
  const fates = expected.map((one): Fate => {
    const row = rows.get(keyOf(one.handle, one.texts[0] ?? ''))
    const copies = one.texts.map((text) => live.get(keyOf(one.handle, text)) ?? [])
    const state = row?.state ?? 'unknown to the ledger'
    const isUnconfirmed = state === 'unconfirmed'
    const isUnsettled = ['planned', 'sending', 'pending'].includes(state)
    const isProven = copies.every((posts, part) => isNamed(row, posts, part))
    const firstAt = copies[0]?.[0]?.acceptedAt
    const touchable = { publicationId: row?.id ?? '', handle: one.handle, dueAt: one.dueAt }
    return {
      id: row?.id ?? `${one.handle}: ${one.texts[0]}`,
      dueAt: one.dueAt,
      keyed: one.keyed,
      isBurst: one.isBurst,
      isPublished: state === 'published' && isProven,
      duplicates: copies.reduce((sum, posts) => sum + Math.max(0, posts.length - 1), 0),
      isLost: !isUnconfirmed && !isUnsettled && state !== 'published',
      isFalse: state === 'published' && !isProven,
      isUnconfirmed,
      isUnsettled,
      latenessMs: firstAt === undefined ? null : firstAt - one.dueAt,
      isTouched:
        isTouched(touchable, narrow(touchable.publicationId, one.handle)) ||
        isHeldUpOnItsWay(one, row, faults, afterMs),
      handle: one.handle,
      settledAt: row?.settledAt ?? 0,
    }
  })
  return touchFollowers(fates)
}

/**
 * Channels keep their order: a publication that came due while an earlier, touched one was not settled had to wait for
 * it, so it is touched, too.
 */
function touchFollowers(fates: readonly Fate[]): Fate[] {
  const busyUntil = new Map<string, number>()
  const inOrder = fates
    .map((fate, place) => ({ fate, place }))
    .sort((one, other) => one.fate.dueAt - other.fate.dueAt)
  const judged: Fate[] = []
  for (const { fate, place } of inOrder) {
    const { handle, dueAt, settledAt } = fate
    const isTouched = fate.isTouched || (busyUntil.get(handle) ?? 0) >= dueAt
    if (isTouched) busyUntil.set(handle, Math.max(busyUntil.get(handle) ?? 0, settledAt))
    judged[place] = { ...fate, isTouched }
  }
  return judged
}

/** Whether the part is on the network under the id that the ledger has for it. */
function isNamed(row: LedgerRow | undefined, posts: readonly LivePost[], part: number): boolean {
  const said = row?.parts.find((one) => one.part === part)?.id
  const isThere = said !== undefined && posts.some(({ id }) => id === said)
  return isThere && (part > 0 || row?.remoteId === said)
}

/** Whether a post written amid faults reached publishing only when already due, while a fault was about. */
function isHeldUpOnItsWay(
  { writtenAt, dueAt }: Expected,
  row: LedgerRow | undefined,
  faults: Evidence['faults'],
  afterMs: number,
): boolean {
  if (writtenAt === null || !row || row.plannedAt <= dueAt - onTimeMs) return false
  return faults.some(
    ({ startedAt, endedAt }) => startedAt <= row.plannedAt && endedAt + afterMs >= writtenAt,
  )
}

/** Most touches name a channel or publications; testing each of them for each publication would take minutes. */
function touchIndex(touches: readonly Touch[]) {
  const wide = touches.filter(({ handle, publications }) => !handle && !publications)
  const byHandle = grouped(
    touches.filter(({ handle }) => handle),
    ({ handle }) => handle ?? '',
  )
  const byPublication = new Map<string, Touch[]>()
  for (const touch of touches) {
    for (const id of touch.publications ?? [])
      byPublication.set(id, [...(byPublication.get(id) ?? []), touch])
  }
  return (id: string, handle: string) => [
    ...wide,
    ...(byHandle.get(handle) ?? []),
    ...(byPublication.get(id) ?? []),
  ]
}

function faultsOf({ faults, journal, minutes }: Evidence): Verdict['faults'] {
  return faultKindNames.map((kind) => {
    const said = sandboxKinds[kind]
    // A fault of the network happened when it met a request, not when it was switched on.
    const fired = said
      ? journal.faults.filter((fault) => fault.kind === said && isPublishing(fault)).length
      : faults.filter((fault) => fault.kind === kind).length
    return { kind, fired, minimum: minimumOf(kind, minutes) }
  })
}

function rowOf(name: Row['name'], fates: readonly Fate[]): Row {
  const count = (is: (fate: Fate) => boolean) => fates.filter(is).length
  return {
    name,
    scheduled: fates.length,
    published: count((fate) => fate.isPublished),
    duplicates: fates.reduce((sum, fate) => sum + fate.duplicates, 0),
    lost: count((fate) => fate.isLost),
    falsePublished: count((fate) => fate.isFalse),
    unconfirmed: count((fate) => fate.isUnconfirmed),
    unsettled: count((fate) => fate.isUnsettled),
    early: count((fate) => fate.latenessMs !== null && fate.latenessMs < -clockMs),
    lateness: latenessOf(fates),
    untouched: latenessOf(fates.filter((fate) => !fate.isTouched)),
  }
}

function latenessOf(fates: readonly Fate[]): Lateness {
  const all = fates
    .flatMap(({ latenessMs }) => (latenessMs === null ? [] : [Math.max(0, latenessMs)]))
    .sort((a, b) => a - b)
  const at = (share: number) => all[Math.max(0, Math.ceil(share * all.length) - 1)] ?? 0
  return { count: all.length, p50: at(0.5), p99: at(0.99), max: all.at(-1) ?? 0 }
}

function examplesOf(fates: readonly Fate[]): Verdict['examples'] {
  const nameOf = ({ id, dueAt, latenessMs }: Fate) =>
    `${id} (due ${new Date(dueAt).toISOString().slice(11, 23)}${latenessMs === null ? ', not live' : `, live after ${latenessMs} ms`})`
  const few = (is: (fate: Fate) => boolean) => fates.filter(is).slice(0, 10).map(nameOf)
  const examples = {
    duplicates: few((fate) => fate.duplicates > 0),
    lost: few((fate) => fate.isLost),
    'false published': few((fate) => fate.isFalse),
    unconfirmed: few((fate) => fate.isUnconfirmed && fate.keyed !== 'none'),
    unsettled: few((fate) => fate.isUnsettled),
    late: few((fate) => !fate.isTouched && (fate.latenessMs ?? 0) >= onTimeMs),
  }
  return Object.fromEntries(Object.entries(examples).filter(([, ids]) => ids.length > 0))
}

const keyOf = (handle: string, text: string) => `${handle}\n${text}`

/** An idempotency key of ours names the publication and the part. */
const publicationOf = (key: string | null) => key?.replace(/(-r\d+)?-\d+(\..*)?$/, '') ?? null

function grouped<T>(list: readonly T[], keyOfOne: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOfOne(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
