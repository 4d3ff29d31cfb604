import type { PostSnapshot } from '@hamava/contracts'
import type { Media } from '@hamava/networks'
import type { Storage } from '@hamava/service-kit'

type Asset = PostSnapshot['parts'][number]['assets'][number]

/** The assets of a part as connectors want them: bytes only when asked for. */
export function mediaOf(storage: Storage, assets: Asset[]): Media[] {
  return assets.map((asset) => ({
    kind: asset.kind,
    mime: asset.mime,
    bytes: asset.bytes,
    width: asset.width,
    height: asset.height,
    alt: asset.alt,
    fileName: asset.fileName,
    read: () => read(storage, asset),
  }))
}

/** The bytes of an asset are not where they were put. */
export class MediaUnreadable extends Error {
  override name = 'MediaUnreadable'
}

async function read(storage: Storage, { id, storageKey }: Asset): Promise<Uint8Array> {
  try {
    return await storage.getBytes(storageKey)
  } catch (cause) {
    throw new MediaUnreadable(`asset ${id} cannot be read from storage`, { cause })
  }
}
