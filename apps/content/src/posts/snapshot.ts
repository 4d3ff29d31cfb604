import type { Post, PostSnapshot, StoredAsset } from '@hamava/contracts'

type PostContent = Pick<Post, 'text' | 'assets' | 'parts' | 'firstComment'>
type Target = Post['targets'][number]
type Use = Post['assets'][number]
type SnapshotAsset = PostSnapshot['parts'][number]['assets'][number]

/** Exactly what will go out on one channel: the post's own words, replaced where the variant differs. */
export function snapshotOf(
  content: PostContent,
  { variant = {} }: Target,
  assets: Map<string, StoredAsset>,
): PostSnapshot {
  const media = (uses: Use[] = []) => uses.map((use) => assetOf(use, assets))
  const firstComment =
    variant.firstComment === undefined ? content.firstComment : variant.firstComment
  const thread = variant.parts ?? content.parts
  return {
    parts: [
      {
        role: 'post',
        text: variant.text ?? content.text,
        assets: media(variant.assets ?? content.assets),
      },
      ...thread.map((part) => ({
        role: 'thread' as const,
        text: part.text,
        assets: media(part.assets),
      })),
      ...(firstComment ? [{ role: 'first_comment' as const, text: firstComment, assets: [] }] : []),
    ],
    settings: variant.settings ?? {},
  }
}

/** What a snapshot takes on its way, in bytes. */
export const snapshotBytes = (snapshot: PostSnapshot): number =>
  Buffer.byteLength(JSON.stringify(snapshot))

function assetOf(use: Use, assets: Map<string, StoredAsset>): SnapshotAsset {
  const stored = assets.get(use.id)
  if (!stored) throw new Error(`asset ${use.id} was not loaded`)
  const { id, kind, mime, bytes, width, height, fileName, sha256, storageKey } = stored
  const alt = use.alt ?? stored.alt
  return { id, kind, mime, bytes, width, height, alt, fileName, sha256, storageKey }
}

/** The same words with each use's alternative text written out: what the library says later changes nothing. */
export function withAlts<T extends Pick<Post, 'assets' | 'parts' | 'targets'>>(
  content: T,
  assets: Map<string, StoredAsset>,
): T {
  const fixed = (uses: Use[]): Use[] =>
    uses.map((use) => ({ ...use, alt: use.alt ?? assets.get(use.id)?.alt ?? '' }))
  const fixedParts = (parts: Post['parts']): Post['parts'] =>
    parts.map((part) => (part.assets ? { ...part, assets: fixed(part.assets) } : part))
  const targets = content.targets.map(({ variant, ...target }) => ({
    ...target,
    ...(variant && {
      variant: {
        ...variant,
        ...(variant.assets && { assets: fixed(variant.assets) }),
        ...(variant.parts && { parts: fixedParts(variant.parts) }),
      },
    }),
  }))
  return { ...content, assets: fixed(content.assets), parts: fixedParts(content.parts), targets }
}

/** The ids of all assets that a post or one of its variants uses. */
export function assetIdsOf({ assets, parts, targets }: Pick<Post, 'assets' | 'parts' | 'targets'>) {
  const variants = targets.map((target) => target.variant ?? {})
  const uses = [
    ...assets,
    ...parts.flatMap((part) => part.assets ?? []),
    ...variants.flatMap((variant) => variant.assets ?? []),
    ...variants.flatMap((variant) => (variant.parts ?? []).flatMap((part) => part.assets ?? [])),
  ]
  return [...new Set(uses.map((use) => use.id))]
}
