import type { AssetUse, PostContent, PostSnapshot, StoredAsset } from '@hamava/contracts'
import { contentOf, extrasOf, mapAssets, messagesOf } from '@hamava/networks/rules'

type SnapshotAsset = PostSnapshot['parts'][number]['assets'][number]

/** Exactly what will go out on one channel. */
export function snapshotOf(
  content: PostContent,
  channelId: string,
  assets: Map<string, StoredAsset>,
): PostSnapshot {
  const channel = contentOf(content, channelId)
  const extras = extrasOf(channel)
  return {
    parts: messagesOf(channel).map(({ role, text, assets: uses }) => ({
      role,
      text,
      assets: uses.map((use) => assetOf(use, assets)),
    })),
    settings: channel.settings,
    ...(extras && { extras }),
  }
}

/** What a snapshot takes on its way, in bytes. */
export const snapshotBytes = (snapshot: PostSnapshot): number =>
  Buffer.byteLength(JSON.stringify(snapshot))

function assetOf(use: AssetUse, assets: Map<string, StoredAsset>): SnapshotAsset {
  const stored = assets.get(use.id)
  if (!stored) throw new Error(`asset ${use.id} was not loaded`)
  const { id, kind, mime, bytes, width, height, fileName, sha256, storageKey } = stored
  const alt = use.alt ?? stored.alt
  return { id, kind, mime, bytes, width, height, alt, fileName, sha256, storageKey }
}

/** The same content with each use's alternative text written out: what the library says later changes nothing. */
export const withAlts = (content: PostContent, assets: Map<string, StoredAsset>): PostContent =>
  mapAssets(content, (use: AssetUse) => ({
    ...use,
    alt: use.alt ?? assets.get(use.id)?.alt ?? '',
  }))
