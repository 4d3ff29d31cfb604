import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { Faults } from '../../fakes/faults.ts'
import type { Entry, SandboxAccount, Token } from './entries.ts'
import { Journal } from './journal.ts'
import { MediaStore } from './media-store.ts'
import { RateLimits } from './rate-limits.ts'
import { Webhooks } from './webhooks.ts'
import { World } from './world.ts'

/** The running network: its world, the journal that rebuilds it, and state that is not persisted. */
export class Network {
  world = new World()
  readonly media: MediaStore
  readonly faults: Faults
  readonly limits = new RateLimits()
  readonly webhooks: Webhooks
  readonly now: () => number
  readonly #journal: Journal<Entry>

  constructor(dataDir: string | null, now: () => number) {
    this.now = now
    this.faults = new Faults(now)
    this.webhooks = new Webhooks(now)
    this.media = new MediaStore(dataDir && join(dataDir, 'media'))
    this.#journal = Journal.open<Entry>(dataDir && join(dataDir, 'journal.jsonl'), (entry) => {
      this.world.apply(entry)
    })
    if (this.world.base === 0) this.record({ t: 'begin', base: now() * 1000, seq: 0 })
  }

  /** Applies an entry and appends it to the journal. It is durable once `settled` has been awaited. */
  record(entry: Entry): void {
    const reached = this.world.apply(entry)
    this.#journal.append(entry)
    for (const { handle, event } of reached) {
      const webhook = this.world.webhooks.get(handle)
      if (webhook) void this.settled().then(() => this.webhooks.deliver(webhook, event))
    }
  }

  /** Waits until nothing that was seen so far can be lost by a kill. */
  settled(): Promise<void> {
    return this.#journal.written()
  }

  /** Gives an account a new token, which ends its old one. */
  issueToken(account: SandboxAccount): Token {
    const ttl = account.tokenTtlMs
    const token: Token = {
      token: `sbx_${randomBytes(16).toString('hex')}`,
      refreshToken: ttl === null ? null : `sbr_${randomBytes(16).toString('hex')}`,
      handle: account.handle,
      expiresAt: ttl === null ? null : this.now() + ttl,
    }
    this.record({ t: 'token', token })
    return token
  }

  /** Empties the network; ids and inbox positions are never used again. */
  async reset(): Promise<void> {
    const { seq } = this.world
    this.faults.clear()
    this.limits.clear()
    await this.#journal.clear()
    this.media.clear()
    this.world = new World()
    this.record({ t: 'begin', base: this.now() * 1000, seq })
    await this.settled()
  }

  async close(): Promise<void> {
    await this.webhooks.close()
    await this.#journal.close()
  }
}
