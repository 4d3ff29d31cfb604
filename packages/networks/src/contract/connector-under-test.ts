import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, it } from '@jest/globals'
import type {
  Connected,
  Connector,
  Json,
  Media,
  Outcome,
  Publish,
  Published,
  PublishInput,
} from '../connector.ts'
import type { Fake } from '../fakes/fake.ts'
import type { Manifest } from '../rules/manifest.ts'
import { tools } from '../testing/tools.ts'

export interface Subject {
  connector: Connector
  /** Added to the network's name in test names, if it is tested in several ways. */
  manner?: string
  /** Starts the server that the connector is tried against, with one channel on it. */
  start: () => Promise<Fake>
  /** The server is a real one: nothing can be made to go wrong, and nobody else is on it. */
  isReal?: boolean
  /** Media can take a while, so that posting is `pending`. */
  hasSlowMedia?: boolean
  /** The longest text that this server takes; the manifest's when left out. */
  maxText?: number
  /** The server ignores idempotency keys: a second request is a second post. */
  ignoresKeys?: boolean
  /** The server does not show private conversations. */
  hidesDirect?: boolean
}

/** A connector and, for each test, a server of its own with a channel that was just connected. */
export interface ConnectorUnderTest
  extends Required<Omit<Subject, 'start' | 'manner' | 'maxText'>> {
  manifest: Manifest
  publisher: Publish
  longest: number
  readonly fake: Fake
  channel: Connected
  can(what: Manifest['capabilities'][number]): boolean
  /** A test, where the condition holds. */
  test(name: string, run: () => Promise<void>, condition?: boolean): void
  publish(input: PublishInput): Promise<Outcome>
  published(input: PublishInput): Promise<Published>
  /** Calls `check` until the outcome is not `pending`. */
  finish(first: Outcome, input: PublishInput): Promise<Outcome>
}

export function connectorUnderTest({
  connector,
  start,
  isReal = false,
  hasSlowMedia = false,
  maxText,
  ignoresKeys = false,
  hidesDirect = false,
}: Subject): ConnectorUnderTest {
  const { manifest } = connector
  const publisher = connector.publish as Publish
  let fake: Fake
  let channel: Connected
  beforeEach(async () => {
    fake = await start()
    channel = await connector.connect.verify(fake.connect, tools)
  })
  afterEach(() => fake.close())
  const publish = (input: PublishInput) => publisher.publish(channel.credentials, input, tools)
  return {
    connector,
    manifest,
    publisher,
    longest: maxText ?? manifest.text.max,
    isReal,
    hasSlowMedia,
    ignoresKeys,
    hidesDirect,
    get fake() {
      return fake
    },
    get channel() {
      return channel
    },
    set channel(other) {
      channel = other
    },
    can: (what) => manifest.capabilities.includes(what),
    test(name, run, condition = true) {
      if (condition) it(name, run)
    },
    publish,
    published: async (input) => mustBe('published', await publish(input)),
    async finish(first, input) {
      let outcome = first
      while (outcome.kind === 'pending') {
        await new Promise((resolve) => setTimeout(resolve, 100))
        const state: Json = JSON.parse(JSON.stringify(outcome.state))
        const checked = await publisher.check?.(channel.credentials, state, input, tools)
        if (!checked) throw new Error('pending, but nothing to check with')
        outcome = checked
      }
      return outcome
    },
  }
}

/** A tiny but true PNG file. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
export const aPicture = (alt = 'یک نقطهٔ رنگی'): Media => ({
  kind: 'image',
  mime: 'image/png',
  bytes: png.byteLength,
  width: 1,
  height: 1,
  alt,
  fileName: 'نقطه.png',
  read: async () => png,
})

export const aPart = (connector: Connector, facts: Partial<PublishInput> = {}): PublishInput => ({
  idempotencyKey: randomUUID(),
  dueAt: new Date(),
  begunAt: new Date(),
  text: 'سلام، امروز می‌رویم.',
  media: [],
  settings: connector.publish?.settings.parse({}),
  languages: ['fa'],
  ...facts,
})

export function mustBe<K extends Outcome['kind']>(kind: K, outcome: Outcome) {
  if (outcome.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome)}`)
  return outcome as Extract<Outcome, { kind: K }>
}
