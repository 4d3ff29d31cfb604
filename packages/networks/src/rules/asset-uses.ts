import type { AssetUse } from '@hamava/contracts'
import type { ContentWith, PartWith, TargetWith, VariantWith } from './post-content.ts'

/** The same content with `map` applied to every use of a media file, in variants too. */
export function mapAssets<One, Other>(
  content: ContentWith<One>,
  map: (asset: One) => Other,
): ContentWith<Other> {
  const all = (assets: One[]) => assets.map((asset) => map(asset))
  const parts = (list: PartWith<One>[]): PartWith<Other>[] =>
    list.map(({ assets, ...part }) => ({ ...part, ...(assets && { assets: all(assets) }) }))
  const variantOf = ({ assets, parts: thread, ...variant }: VariantWith<One>) =>
    ({
      ...variant,
      ...(assets && { assets: all(assets) }),
      ...(thread && { parts: parts(thread) }),
    }) as VariantWith<Other>
  return {
    ...content,
    assets: all(content.assets),
    parts: parts(content.parts),
    targets: content.targets.map(
      ({ variant, ...target }): TargetWith<Other> => ({
        ...target,
        ...(variant && { variant: variantOf(variant) }),
      }),
    ),
  }
}

/** The ids of all media files that a post or one of its variants uses, each once. */
export function assetIdsOf(content: ContentWith<AssetUse>): string[] {
  const ids = new Set<string>()
  mapAssets(content, ({ id }: AssetUse) => ids.add(id))
  return [...ids]
}
