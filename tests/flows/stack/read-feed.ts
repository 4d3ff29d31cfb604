import { dev } from './api.ts'

/** What a listener of the live feed has heard so far. */
export interface Listening {
  readonly text: string
  stop: () => void
}

/** Listens to the live feed as somebody; resolves once the feed is open. */
export async function listen(headers: Record<string, string>): Promise<Listening> {
  const stopping = new AbortController()
  const { signal } = stopping
  const response = await fetch(`${dev.gatewayUrl}/v1/events`, { headers, signal })
  if (response.status !== 200 || !response.body) throw new Error(`no feed: ${response.status}`)
  const heard = { text: '', stop: () => stopping.abort() }
  const decoder = new TextDecoder()
  const read = async () => {
    for await (const piece of response.body ?? []) {
      heard.text += decoder.decode(piece as Uint8Array, { stream: true })
    }
  }
  // Its end is ours: it is stopped by whoever listens.
  read().catch(() => undefined)
  return heard
}
