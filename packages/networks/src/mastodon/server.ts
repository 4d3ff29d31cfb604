import type { ChannelLimits } from '@hamava/contracts'
import type { Guarantees, Tools } from '../connector.ts'
import { Failed } from '../failure.ts'
import { api, type Instance } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'
import { longestWorkMs, manifest } from './index.ts'

/** Software that, by its own word, ignores `Idempotency-Key`; sources are in the README. */
const withoutKeys = new Set(['pixelfed', 'takahe'])

/** Software that stores only finished statuses under a key; others may store a refusal and repeat it. */
const keepsNoRefusals = new Set(['mastodon', 'hometown', 'glitch'])

const compatible = /\(compatible; *([\w.-]+)/i

/**
 * The software and limits of a server, as far as it tells. A failure does not stop a person from connecting. If they
 * were known already (`isKnown`), a temporary failure throws, so that they do not become unknown again.
 */
export async function readServer(
  server: string,
  contentType: string | undefined,
  tools: Tools,
  isKnown = false,
): Promise<{ software: string | undefined; limits: ChannelLimits }> {
  const instance = await orNothing(() => api.instance(server, tools), isKnown)
  const software = (await nodeInfoName(server, tools, isKnown)) ?? softwareIn(instance)
  return { software: software?.toLowerCase(), limits: limitsOf(instance, contentType) }
}

function nodeInfoName(server: string, tools: Tools, isKnown: boolean): Promise<string | undefined> {
  return orNothing(async () => {
    const { links } = await api.nodeInfoLinks(server, tools)
    const href = links.at(-1)?.href
    // Only the path of the link is used: the request stays on this server.
    const path = href === undefined ? null : URL.parse(href, server)?.pathname
    return path ? (await api.nodeInfo(server, path, tools)).software.name : undefined
  }, isKnown)
}

const softwareIn = (instance: Instance | undefined) =>
  instance && (compatible.exec(instance.version)?.[1] ?? 'mastodon')

function limitsOf(instance: Instance | undefined, contentType: string | undefined): ChannelLimits {
  const { statuses, media_attachments: media } = instance?.configuration ?? {}
  const limits = {
    textMax: statuses?.max_characters,
    urlWeight: statuses?.characters_reserved_per_url,
    mediaMax: statuses?.max_media_attachments,
    altMax: media?.description_limit,
    readsMarkdown: contentType === 'text/markdown' || undefined,
  }
  return Object.fromEntries(Object.entries(limits).filter(([, one]) => one !== undefined))
}

async function orNothing<T>(ask: () => Promise<T>, isKnown: boolean): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    // A server that refuses to tell counts as unknown.
    if (isKnown && error.failure.kind !== 'rejected') throw error
    return undefined
  }
}

/** Mastodon stores a key once the status is finished; unknown software is trusted no further than that. */
export function guarantees({ software }: MastodonCredentials): Guarantees {
  const { idempotency, readBack } = manifest
  if (!withoutKeys.has(software ?? '')) return { idempotency, readBack }
  return { idempotency: { kind: 'none', waitMs: longestWorkMs }, readBack }
}

/** Whether the server may store a refusal under the key and repeat it to the same key. */
export const mayKeepRefusals = ({ software }: MastodonCredentials): boolean =>
  !keepsNoRefusals.has(software ?? '')
