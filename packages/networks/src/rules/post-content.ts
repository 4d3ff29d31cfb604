import {
  type AssetUse,
  canonicalJson,
  type ExtraName,
  type Extras,
  emptyContent,
  extraNames,
  type PostContent,
  type PostSnapshot,
  type Schedule,
  type Variant,
} from '@hamava/contracts'

/** A part of a thread, with its media as `Asset`. */
export interface PartWith<Asset> {
  text: string
  assets?: Asset[] | undefined
}

type MediaFields = 'assets' | 'parts'

export type VariantWith<Asset> = Omit<Variant, MediaFields> & {
  assets?: Asset[] | undefined
  parts?: PartWith<Asset>[] | undefined
}

export type TargetWith<Asset> = { channelId: string; variant?: VariantWith<Asset> | undefined }

/**
 * The content of a post with media of type `Asset` (stored ids, or the facts of the files) and channels with `Facts`
 * besides their variants. `PostContent` of the contracts is `ContentWith<AssetUse>`.
 */
export type ContentWith<Asset = AssetUse, Facts = unknown> = Omit<
  PostContent,
  MediaFields | 'targets'
> & {
  assets: Asset[]
  parts: PartWith<Asset>[]
  targets: (TargetWith<Asset> & Facts)[]
}

/** What one channel gets. */
export type ChannelContent<Asset = AssetUse> = Omit<ContentWith<Asset>, 'targets'> & {
  settings: Record<string, unknown>
}

/** One message of a channel: the post itself, a part of its thread, or the first comment. */
export interface Message<Asset = AssetUse> {
  role: PostSnapshot['parts'][number]['role']
  text: string
  assets: Asset[]
  /** Where these stand in the content: `text`, `parts/2/text`, `firstComment`. */
  path: { text: string; assets: string }
}

const contentFields = Object.keys(emptyContent) as (keyof PostContent)[]

/** The content fields of a larger object, such as a post that is sent or stored; missing fields are empty. */
export const toContent = (source: { [K in keyof PostContent]?: PostContent[K] | undefined }) =>
  Object.fromEntries(
    contentFields.map((field) => [field, source[field] ?? emptyContent[field]]),
  ) as unknown as PostContent

const ofTarget = <Asset>(content: Pick<ContentWith<Asset>, 'targets'>, channelId: string) =>
  content.targets.find((target) => target.channelId === channelId)?.variant

/** The content of a channel: the post's, with what the channel's variant says instead. */
export function contentOf<Asset>(
  { targets, ...shared }: ContentWith<Asset>,
  channelId: string,
): ChannelContent<Asset> {
  const variant = ofTarget({ targets }, channelId) ?? {}
  const own = Object.entries(variant).filter(([, value]) => value !== undefined)
  return { ...shared, settings: {}, ...Object.fromEntries(own) }
}

/** Whether a channel's variant has its own value of a field, instead of the post's. */
export const isOwn = (
  content: Pick<ContentWith<unknown>, 'targets'>,
  channelId: string,
  field: keyof Variant,
): boolean => ofTarget(content, channelId)?.[field] !== undefined

/** The messages of a channel in the order in which they go out. */
export function messagesOf<Asset>({
  text,
  assets,
  parts,
  firstComment,
}: Pick<ChannelContent<Asset>, 'text' | 'assets' | 'parts' | 'firstComment'>): Message<Asset>[] {
  const post: Message<Asset> = {
    role: 'post',
    text,
    assets,
    path: { text: 'text', assets: 'assets' },
  }
  const thread = parts.map(
    (part, at): Message<Asset> => ({
      role: 'thread',
      text: part.text,
      assets: part.assets ?? [],
      path: { text: `parts/${at}/text`, assets: `parts/${at}/assets` },
    }),
  )
  if (!firstComment) return [post, ...thread]
  const path = { text: 'firstComment', assets: 'firstComment' }
  return [post, ...thread, { role: 'first_comment', text: firstComment, assets: [], path }]
}

/** What a channel gets besides its messages; undefined if nothing. */
export function extrasOf(content: Pick<ChannelContent, ExtraName>): Extras | undefined {
  const there = extraNames.flatMap((name) =>
    (content[name] ?? null) === null ? [] : [[name, content[name]]],
  )
  return there.length === 0 ? undefined : (Object.fromEntries(there) as Extras)
}

/** The content that a snapshot was made from. */
export function contentOfSnapshot<Asset>({
  parts,
  settings,
  extras,
}: Pick<PostSnapshot, 'settings' | 'extras'> & {
  parts: Pick<Message<Asset>, 'role' | 'text' | 'assets'>[]
}): ChannelContent<Asset> {
  const [post] = parts
  return {
    ...emptyContent,
    text: post?.text ?? '',
    assets: post?.assets ?? [],
    parts: parts.filter(({ role }) => role === 'thread'),
    firstComment: parts.find(({ role }) => role === 'first_comment')?.text ?? null,
    ...extras,
    settings,
  }
}

/** When a post goes out on a channel: at one time on all of them, as yet. */
export const timeOf = ({ dueAt }: Pick<Schedule, 'dueAt'>, _channelId: string): string => dueAt

/** A content as canonical JSON: equal contents have equal keys. */
export const contentKey = (content: PostContent): string => canonicalJson(content)
