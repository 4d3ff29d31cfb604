import { type ClientRequest, request as open } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Caller } from '../world/caller.ts'

export interface FeedEvent {
  readonly type: string
  readonly data: Record<string, unknown>
  readonly text: string
}

const soonMs = 200

/** Hears the live feed as somebody, from now until it is closed. */
export class FeedListener {
  readonly events: FeedEvent[] = []
  readonly caller: Caller
  /** Resolves when the other side ends it. */
  readonly ended: Promise<void>
  #request: ClientRequest | undefined
  #rest = ''
  #lastId = ''
  #isClosed = false
  #end: () => void = () => {}

  private constructor(caller: Caller) {
    this.caller = caller
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  /** Until the other side ends it. */
  static async open(url: string, caller: Caller): Promise<FeedListener> {
    const listener = new FeedListener(caller)
    await listener.#connect(url)
    return listener
  }

  /** Reconnects where the stream ended, as clients do: a stream ends whenever the rights behind it change. */
  static async follow(url: string, caller: Caller): Promise<FeedListener> {
    const listener = await FeedListener.open(url, caller)
    void listener.#goOn(url)
    return listener
  }

  async #goOn(url: string): Promise<void> {
    await this.ended
    while (!this.#isClosed) {
      await delay(soonMs)
      await new Promise<void>((resolve) => {
        this.#end = resolve
        // A listener who is refused now may be let in again later.
        this.#connect(url).catch(() => resolve())
      })
    }
  }

  #connect(url: string): Promise<void> {
    const { caller } = this
    return new Promise((resolve, reject) => {
      const last = this.#lastId && { 'last-event-id': this.#lastId }
      const request = open(`${url}/v1/events`, { headers: { ...caller.headers, ...last } })
      this.#request = request
      this.#rest = ''
      request.on('error', (error) => {
        reject(error)
        this.#end()
      })
      request.on('response', (response) => {
        if (response.statusCode !== 200) {
          response.resume()
          reject(new Error(`the feed answered ${response.statusCode} to ${caller.name}`))
          return
        }
        response.setEncoding('utf8')
        response.on('data', (text: string) => this.#hear(text))
        response.on('error', () => this.#end())
        response.on('close', () => this.#end())
        resolve()
      })
      request.end()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#request?.destroy()
  }

  #hear(text: string): void {
    const frames = `${this.#rest}${text}`.split('\n\n')
    this.#rest = frames.pop() ?? ''
    for (const frame of frames) {
      const lines = frame.split('\n')
      const type = lines.find((line) => line.startsWith('event: '))?.slice(7)
      this.#lastId = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? this.#lastId
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6)
      if (type && data) this.events.push({ type, data: JSON.parse(data), text: data })
    }
  }
}
