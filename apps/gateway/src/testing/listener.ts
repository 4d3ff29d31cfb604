import { type IncomingMessage, request } from 'node:http'
import { eventually } from '@hamava/service-kit/testing'

export interface Frame {
  id: string | null
  event: string | null
  data: Record<string, unknown> | null
}

/** A client of the live feed, at the level of its socket: it can stop reading. */
export interface Listener {
  status: number
  headers: IncomingMessage['headers']
  /** All that has come, heartbeats too. */
  frames: Frame[]
  /** The bodies of one kind of event, in order. */
  told(event: string): Record<string, unknown>[]
  body(): string
  isOver(): boolean
  ended(withinMs?: number): Promise<void>
  heard(what: string, isIt: (frame: Frame) => boolean, withinMs?: number): Promise<Frame>
  pause(): void
  resume(): void
  close(): void
}

/** Opens a stream; resolves when its headers have come. */
export function listen(
  url: string,
  token: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      agent: false,
      headers: { authorization: `Bearer ${token}`, ...headers },
    })
    asked.once('error', reject)
    asked.once('response', (response) => resolve(listenerOf(response, () => asked.destroy())))
    asked.end()
  })
}

function listenerOf(response: IncomingMessage, close: () => void): Listener {
  let text = ''
  let isOver = false
  const frames: Frame[] = []
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    text += chunk
    const isStream = response.headers['content-type']?.startsWith('text/event-stream')
    for (let end = text.indexOf('\n\n'); isStream && end >= 0; end = text.indexOf('\n\n')) {
      frames.push(frameOf(text.slice(0, end)))
      text = text.slice(end + 2)
    }
  })
  response.on('error', () => undefined)
  response.on('close', () => {
    isOver = true
  })
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    frames,
    told: (event) => frames.flatMap((one) => (one.event === event && one.data ? [one.data] : [])),
    body: () => text,
    isOver: () => isOver,
    ended: (withinMs) =>
      eventually('the stream ends', () => isOver, withinMs).then(() => undefined),
    heard: (what, isIt, withinMs) => eventually(what, () => frames.find(isIt), withinMs),
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    close,
  }
}

function frameOf(text: string): Frame {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? null
  const data = field('data')
  return {
    id: field('id'),
    event: field('event'),
    data: data === null ? null : (JSON.parse(data) as Record<string, unknown>),
  }
}
