import { fieldOf } from '../sending/http.ts'
import { idsIn, prefixOf } from './ids.ts'

/** Kinds of things that belong to channels. */
const channelBound = ['ch', 'post', 'pub', 'conv', 'msg', 'hold', 'key', 'att']

/**
 * Ids that callers limited to a channel may never be told: of things that have only ever concerned other channels.
 * Learned from what unrestricted callers are told.
 */
export class Visibility {
  readonly #hidden = new Set<string>()
  readonly #shown = new Set<string>()

  readonly #visible: ReadonlySet<string>

  constructor(visible: ReadonlySet<string>) {
    this.#visible = visible
  }

  hide(id: string): void {
    this.#hidden.add(id)
  }

  /** Everything of another workspace. */
  hideAll(text: string): void {
    for (const id of idsIn(text)) if (prefixOf(id) !== 'usr') this.#hidden.add(id)
  }

  isHidden(id: string): boolean {
    return this.#hidden.has(id) && !this.#shown.has(id)
  }

  hiddenIn(text: string): string[] {
    return idsIn(text).filter((id) => this.isHidden(id))
  }

  get size(): number {
    return this.#hidden.size
  }

  learn(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const one of value) this.learn(one)
      return
    }
    const id = fieldOf(value, 'id')
    const channels = channelsOf(value)
    if (typeof id === 'string' && channels && channelBound.includes(prefixOf(id))) {
      this.note(id, channels)
      for (const message of listOf(fieldOf(value, 'messages'))) {
        const messageId = fieldOf(message, 'id')
        if (typeof messageId === 'string') this.note(messageId, channels)
      }
    }
    for (const inner of Object.values(value)) this.learn(inner)
  }

  private note(id: string, channels: readonly string[]): void {
    if (channels.length === 0 || channels.some((one) => this.#visible.has(one))) this.#shown.add(id)
    else this.#hidden.add(id)
  }
}

/** The channels that a thing says it is about; undefined when it says nothing of channels. */
function channelsOf(thing: object): string[] | undefined {
  const channelId = fieldOf(thing, 'channelId')
  if (typeof channelId === 'string') return [channelId]
  const scope = fieldOf(thing, 'scope')
  if (fieldOf(scope, 'kind') === 'channel') return [String(fieldOf(scope, 'channelId'))]
  if (scope) return []
  const targets = fieldOf(thing, 'targets')
  if (Array.isArray(targets)) return targets.map((one) => String(fieldOf(one, 'channelId')))
  const own = fieldOf(thing, 'channelIds')
  if (Array.isArray(own)) return own.map(String)
  return own === null ? [] : undefined
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
