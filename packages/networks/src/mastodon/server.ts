import type { ChannelLimits } from '@hamava/contracts'
import type { Guarantees, Tools } from '../connector.ts'
import { Failed } from '../failure.ts'
import { api, type Instance } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'
import { longestWorkMs, manifest } from './index.ts'

/** Servers that say themselves that they know no `Idempotency-Key`; sources are in the README. */
const withoutKeys = new Set(['pixelfed', 'takahe'])

/** These keep nothing but a finished status under a key; others may keep a refusal, and repeat it. */
const keepsNoRefusals = new Set(['mastodon', 'hometown', 'glitch'])

const compatible = /\(compatible; *([\w.-]+)/i

/**
 * What a server is and takes, as far as it tells. Whoever connects is not kept waiting for that; where it was known
 * already (`isKnown`), a server that does not answer just now must not make it unknown again: then it throws.
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
    // Asked of the very server, wherever it says that its papers are.
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
    // A server that hides what it is, is an unknown one.
    if (isKnown && error.failure.kind !== 'rejected') throw error
    return undefined
  }
}

/** Mastodon keeps a key when the status is done; of what nobody knows, no more is believed. */
export function guarantees({ software }: MastodonCredentials): Guarantees {
  const { idempotency, readBack } = manifest
  if (!withoutKeys.has(software ?? '')) return { idempotency, readBack }
  return { idempotency: { kind: 'none', waitMs: longestWorkMs }, readBack }
}

/** Whether a refusal may have been kept under the key, so that the same key would only hear it again. */
export const mayKeepRefusals = ({ software }: MastodonCredentials): boolean =>
  !keepsNoRefusals.has(software ?? '')
