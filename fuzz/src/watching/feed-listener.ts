import { type ClientRequest, request as open } from 'node:http'
import type { Caller } from '../world/caller.ts'

export interface FeedEvent {
  readonly type: string
  readonly data: Record<string, unknown>
  readonly text: string
}

/** Hears the live feed as somebody, from now until it is closed. */
export class FeedListener {
  readonly events: FeedEvent[] = []
  readonly caller: Caller
  /** Resolves when the other side ends it. */
  readonly ended: Promise<void>
  #request: ClientRequest | undefined
  #rest = ''
  #end: () => void = () => {}

  private constructor(caller: Caller) {
    this.caller = caller
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
  }

  static open(url: string, caller: Caller): Promise<FeedListener> {
    const listener = new FeedListener(caller)
    return new Promise((resolve, reject) => {
      const request = open(`${url}/v1/events`, { headers: caller.headers })
      listener.#request = request
      request.on('error', (error) => {
        reject(error)
        listener.#end()
      })
      request.on('response', (response) => {
        if (response.statusCode !== 200) {
          response.resume()
          reject(new Error(`the feed answered ${response.statusCode} to ${caller.name}`))
          return
        }
        response.setEncoding('utf8')
        response.on('data', (text: string) => listener.#hear(text))
        response.on('error', () => listener.#end())
        response.on('close', () => listener.#end())
        resolve(listener)
      })
      request.end()
    })
  }

  close(): void {
    this.#request?.destroy()
  }

  #hear(text: string): void {
    const frames = `${this.#rest}${text}`.split('\n\n')
    this.#rest = frames.pop() ?? ''
    for (const frame of frames) {
      const lines = frame.split('\n')
      const type = lines.find((line) => line.startsWith('event: '))?.slice(7)
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6)
      if (type && data) this.events.push({ type, data: JSON.parse(data), text: data })
    }
  }
}
