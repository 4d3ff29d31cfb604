import { setTimeout as pause } from 'node:timers/promises'
import { type ApiAccess, change, Refused } from './api.ts'
import type { Keying, PlannedChannel, PlannedPost } from './plan-posts.ts'

/** A publication that has to be on the network in the end, once. */
export interface Expected {
  readonly handle: string
  readonly keyed: Keying
  readonly texts: readonly string[]
  readonly dueAt: number
  /** When it was written, if faults were about. */
  readonly writtenAt: number | null
  readonly isBurst: boolean
}

const atATime = 8

/** Makes the accounts on the sandbox and connects them; returns the channels' ids by handle. */
export async function connectChannels(
  access: ApiAccess,
  sandbox: { readonly adminUrl: string; readonly reachedUrl: string },
  channels: readonly PlannedChannel[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  await eachOf(channels, async ({ handle, keyed }) => {
    const reply = await fetch(`${sandbox.adminUrl}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle, keyed }),
    })
    const { token } = (await reply.json()) as { token: string }
    const { id } = await change<{ id: string }>(access, '/v1/channels', `channel-${handle}`, {
      network: 'sandbox',
      method: 'access_token',
      fields: { url: sandbox.reachedUrl, token },
    })
    ids.set(handle, id)
  })
  return ids
}

/** A picture for the posts that have one. */
export async function uploadImage(access: ApiAccess): Promise<string> {
  const form = new FormData()
  form.set('alt', 'نقطه')
  form.set('file', new Blob([Buffer.from(onePixel, 'base64')]), 'dot.png')
  return (await change<{ id: string }>(access, '/v1/assets', 'image', form)).id
}

export interface Writing {
  readonly access: ApiAccess
  readonly channelIds: ReadonlyMap<string, string>
  readonly imageId: string
  readonly beginAt: number
  readonly say: (line: string) => void
}

/** Schedules posts over the public API, those written amid faults at their time. Returns what has to become of them. */
export async function writePosts(
  writing: Writing,
  posts: readonly PlannedPost[],
): Promise<Expected[]> {
  const expected: Expected[] = []
  const write = async (post: PlannedPost) => {
    expected.push(...(await writePost(writing, post)))
  }
  const onTheWay = posts.filter(({ writtenAtMs }) => writtenAtMs !== null)
  if (onTheWay.length === 0) await eachOf(posts, write)
  else {
    await Promise.all(
      onTheWay.map(async (post) => {
        await pause(Math.max(0, writing.beginAt + (post.writtenAtMs ?? 0) - Date.now()))
        // A post that was not accepted within two minutes counts as lost, as its author sees it; a refused one was
        // never promised.
        await write(post).catch((error: Error) => {
          writing.say(error.message)
          if (!(error instanceof Refused)) expected.push(...expectedOf(writing, post))
        })
      }),
    )
  }
  return expected
}

async function writePost(writing: Writing, post: PlannedPost): Promise<Expected[]> {
  const { access, channelIds, imageId, beginAt } = writing
  const [text = '', ...parts] = post.texts
  const expected = expectedOf(writing, post)
  await change(access, '/v1/posts', `post-${text.replaceAll(/[^0-9]+/g, '-')}`, {
    text,
    ...(parts.length > 0 && { parts: parts.map((part) => ({ text: part })) }),
    ...(post.withImage && { assets: [{ id: imageId }] }),
    targets: post.channels.map(({ handle }) => ({ channelId: channelIds.get(handle) })),
    schedule: { at: new Date(beginAt + post.dueAtMs).toISOString() },
  })
  return expected
}

function expectedOf({ beginAt }: Writing, post: PlannedPost): Expected[] {
  const { texts, channels, dueAtMs, writtenAtMs, isBurst } = post
  const dueAt = beginAt + dueAtMs
  const writtenAt = writtenAtMs === null ? null : beginAt + writtenAtMs
  return channels.map(({ handle, keyed }) => ({ handle, keyed, texts, dueAt, writtenAt, isBurst }))
}

async function eachOf<T>(list: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...list]
  const loop = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: atATime }, loop))
}

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
