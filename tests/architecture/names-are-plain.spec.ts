import { basename } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import * as allContracts from '../../packages/contracts/src/index.ts'
import { type ExportedName, exportedNames } from './exported-names.ts'
import { sourceFiles } from './source-files.ts'

/** Words that were once used here, each with the usual one of the field. */
const usual: Record<string, string> = {
  Said: 'PostContent',
  saidIn: 'toContent',
  saidBefore: 'contentOfRevision',
  saysTheSame: 'hasSameContent',
  words: 'content',
  isReworded: 'contentChanged',
  isRetimed: 'timeChanged',
  notePublications: 'projectPublications',
  noteChannel: 'applyChannelChange',
  knowPosts: 'linkPosts',
  PostMaterial: 'PostReferences',
  gather: 'load',
  gatherPublishable: 'loadAndValidate',
  when: 'schedule',
  Doubt: 'InDoubt',
  Doubtful: 'InDoubt',
  findOut: 'resolveInDoubt',
  openDoubts: 'loadInDoubt',
  Grip: 'LeaseToken',
  Tried: 'AttemptOnLane',
  Job: 'SendJob',
  Case: 'InDoubtCase',
  Item: 'OutcomeWrite',
  Settle: 'OutcomeQueue',
  SettleBatch: 'OutcomeWriter',
  writeEnds: 'writeOutcomes',
  Ended: 'FinishedAttempt',
  enterGate: 'shareHoldLock',
  closeGate: 'takeHoldLock',
  Wakening: 'DispatchSignal',
  wakeHere: 'signalLocal',
  Recurring: 'IntervalTask',
  Duty: 'IntervalTask',
  Slots: 'InFlightLimiter',
  Pace: 'AdaptiveLimit',
  places: 'permits, navItems',
  persistently: 'retryUntil',
  patience: 'timeout',
  within: 'withTimeout',
  witness: 'onExchange',
  Witnessed: 'Exchange',
  heldFast: 'HoldResult',
  released: 'ReleaseResult',
  replaced: 'ChangeResult',
  replacement: 'ChangeRequest',
  BorrowedAccess: 'ChannelCredentials',
  lend: 'grantAccess',
  Lendings: 'Grants',
  bury: 'deadLetter',
  distrust: 'markStreamSuspect',
  feedAgain: 'republish',
  Arrival: 'ReceivedEvent',
  begun: 'attempts',
  calmConnections: 'ignoreIdleConnectionErrors',
  sendAnywhere: 'sendUnguarded',
  TellOfStuck: 'ReportStuck',
  HoldWhatIsDue: 'HoldDuePublications',
  EndHolds: 'ExpireHolds',
  meet: 'setSession, rebase',
  part: 'clearSession',
  once: 'idempotencyHeader',
  untilAnswered: 'stableIdempotencyKey',
  useAtOnce: 'useOptimisticMutation',
  later: 'lazyWithRetry',
  rooms: 'detailRoutes, character limits',
  room: 'characterLimit',
  thumbPlaces: 'bottomNav',
  Side: 'Sidebar',
  Keys: 'Kbd',
  looks: 'previews',
  AlsoHere: 'PresenceIndicator',
  PostLine: 'PostSync',
  Making: 'PendingCreate',
  remedy: 'attention actions',
  Refusal: 'ErrorMessage',
}
/** Rows become what is told of them by `toX`; only what a screen shows is shown. What is kept for good is saved or stored. */
const usualBeginnings: Record<string, string> = {
  show: 'to, format',
  keep: 'save, store',
  note: 'project, apply',
}

/** Ordinary nouns and properties, but no names of functions. */
const verbs = new Set(['meet', 'part', 'once', 'later', 'when', 'within', 'gather'])

/** At most ten, each with its reason. */
const exceptions: Record<string, string> = {
  words: 'what a screen says in the language of its reader, not the content of a post',
  'words.ts': 'the same',
}

const production = sourceFiles.filter(({ isSpec }) => !isSpec)
const names = production.flatMap(exportedNames)

function betterThan(name: string, kind: ExportedName['kind'] | 'file'): string | undefined {
  if (verbs.has(name) && kind !== 'value') return undefined
  const beginning = /^(show|keep|note)[A-Z]/.exec(name)?.[1]
  return usual[name] ?? (beginning && usualBeginnings[beginning])
}

/** `show-post.ts` is about `showPost`, `refusal.tsx` about `Refusal`. */
function namedAfter(path: string): string[] {
  const stem = basename(path).replace(/(\.\w+)?\.tsx?$/, '')
  const name = stem.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return [name, name.charAt(0).toUpperCase() + name.slice(1)]
}

describe('names', () => {
  it('are those of the field', () => {
    const exported = names.map(({ name, kind, path }) => ({
      name,
      path,
      better: betterThan(name.split('.').at(-1) ?? '', kind),
    }))
    const files = sourceFiles.map(({ path }) => ({
      name: basename(path),
      path,
      better: namedAfter(path).flatMap((name) => betterThan(name, 'file') ?? [])[0],
    }))
    const homeMade = [...files, ...exported].flatMap(({ name, path, better }) =>
      better && !(name in exceptions) ? [`${path}: ${name} is usually called ${better}`] : [],
    )
    expect(homeMade).toEqual([])
    expect(Object.keys(exceptions).length).toBeLessThanOrEqual(10)
  })

  it('mean one thing in a package', () => {
    const types = names.filter(({ kind }) => kind === 'type')
    const byName = Map.groupBy(types, ({ name, path }) => `${homeOf(path)} ${name}`)
    const doubles = [...byName].flatMap(([name, all]) =>
      all.length > 1 ? [`${name}: ${all.map(({ path }) => path).join(', ')}`] : [],
    )
    expect(doubles).toEqual([])
  })
})

/** The gateway's routes that hand a request on, and give back its answer. */
const forwards = production
  .filter(({ home }) => home === 'apps/gateway')
  .flatMap(({ text }) =>
    text.split('@Route(').flatMap((route) => {
      const operation = /operationId: '(\w+)'/.exec(route)?.[1]
      const constants = [...route.matchAll(/return this\.forward\.to\(\s*(\w+),/g)].map(
        ([, constant]) => constant,
      )
      return operation && constants.length > 0 ? [{ operation, constants }] : []
    }),
  )

/** At most five, each with its reason. */
const otherNames: Record<string, string> = {
  approvalPolicyChanged: 'the name of an event stays: feeds and audit logs keep it',
  latePolicyChanged: 'the same',
  publishPostNow: 'schedulePost with the time now',
  uploadAsset: 'the gateway stores the file, then addAsset',
  reschedulePublications: 'asks content first, then publishing',
}

describe('a contract', () => {
  it('has one name: as a constant, as a subject and as an operation', () => {
    const contracts = Object.entries<unknown>(allContracts).flatMap(([constant, value]) =>
      isContract(value) ? [{ constant, name: value.name }] : [],
    )
    expect(contracts.length).toBeGreaterThan(60)
    const subjects = contracts.flatMap(({ constant, name }) =>
      mayBeCalled(name).includes(constant) ? [] : [`${constant} is ${name}`],
    )
    const operations = forwards.flatMap(({ operation, constants }) =>
      constants.includes(operation) ? [] : [`${operation} forwards to ${constants.join(', ')}`],
    )
    expect(forwards.length).toBeGreaterThan(30)
    const wrong = [...subjects, ...operations].filter(
      (one) => !((one.split(' ')[0] ?? '') in otherNames),
    )
    expect(wrong).toEqual([])
    expect(Object.keys(otherNames).length).toBeLessThanOrEqual(5)
  })
})

interface Contract {
  kind: 'event' | 'request'
  name: string
}

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  ['event', 'request'].includes(String(value.kind))

/**
 * `content.post.edit` is `editPost`, `publishing.publication.count-missing` is `countMissingPublications`,
 * `content.post.request-changes` is `requestChanges`, `content.status.get` is `getContentStatus`,
 * `content.post.changed.v1` is `postChanged`.
 */
function mayBeCalled(subject: string): string[] {
  const [owner = '', noun = '', verb = '', version] = subject.split('.')
  const [thing, action] = [camel(noun), camel(verb)]
  if (version) return [lower(thing + action)]
  const object = [thing, plural(thing), camel(owner) + thing]
  return [lower(action), ...object.map((one) => lower(action + one))]
}

const camel = (words: string) =>
  words
    .split('-')
    .map((word) => (word === 'oauth' ? 'OAuth' : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
const plural = (noun: string) => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`)

const homeOf = (path: string) => path.split('/').slice(0, 2).join('/')
