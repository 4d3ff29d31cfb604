import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dev } from './api.ts'

/** What is really on a network, seen from the network's own side. */
export interface Live {
  id: string
  text: string
  parent: string | null
  media: { alt: string | null }[]
  /** What stands beneath it in the network's own form: a poll, the card of a link. */
  attached?: unknown
  location?: unknown
}

/** The posts of the demo workspace's account on a network. */
export async function liveOn(network: string): Promise<Live[]> {
  if (network === 'sandbox') return onSandbox()
  const url = doubleUrl(network)
  return network === 'bluesky' ? onBluesky(url) : onFake(url)
}

async function onSandbox(): Promise<Live[]> {
  type Post = Live & { parentId?: string | null }
  const posts = await get<Post[]>(`${dev.sandboxUrl}/accounts/hamava/posts`)
  return posts.map((post) => ({ ...post, media: post.media ?? [] }))
}

async function onFake(url: string): Promise<Live[]> {
  return get<Live[]>(`${url}/__fake/live`)
}

/** The real server: the account's repository as anyone may read it. */
async function onBluesky(url: string): Promise<Live[]> {
  interface Record {
    uri: string
    value: {
      text: string
      embed?: { images?: { alt: string }[]; external?: object }
      reply?: { parent: { uri: string } }
    }
  }
  const list = `${url}/xrpc/com.atproto.repo.listRecords?repo=hamava.test&collection=app.bsky.feed.post`
  const { records } = await get<{ records: Record[] }>(list)
  return records.map(({ uri, value }) => ({
    id: uri,
    text: value.text,
    parent: value.reply?.parent.uri ?? null,
    media: (value.embed?.images ?? []).map(({ alt }) => ({ alt })),
    attached: value.embed?.external,
  }))
}

/** Where a network's double listens. */
export function doubleUrl(network: string): string {
  const file = join(process.env.HAMAVA_FLOWS_DATA ?? '', 'ports.json')
  const ports = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
  return `http://127.0.0.1:${ports[network]}`
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return (await response.json()) as T
}
