import {
  type ChannelContent,
  contentKey,
  contentOf,
  type Extras,
  extrasOf,
  type PostContent,
  toContent,
} from '@hamava/networks/rules'
import { randomId } from '../../../api/random-id.ts'
import type { Asset, Post, PostInput, Revision, Variant } from '../../../api/types.ts'

/** A media file as a post uses it. */
export interface Use {
  id: string
  alt: string
  fileName: string
}

/** Something with a text and media: the post itself, or a part that follows it. */
export interface Part {
  /** For lists on the page; never sent. */
  key: string
  text: string
  uses: Use[]
}

/** A post as it stands in the editor. */
export interface Draft {
  parts: [Part, ...Part[]]
  /** Null where there is none; empty as long as nothing was typed. */
  firstComment: string | null
  /** What it has besides, such as a place. */
  extras: Extras
  channelIds: string[]
  /** The variants of channels, whole: the editor shows only some fields and carries the others as they came. */
  own: Record<string, Variant>
  when: 'now' | 'at' | 'draft'
  /** A wall time, Gregorian: `2026-11-22T20:30`. */
  local: string
  zone: string
}

/** When something is to go out. */
export type Time = Pick<Draft, 'when' | 'local' | 'zone'>

export const newPart = (text = ''): Part => ({ key: randomId(), text, uses: [] })

export const asUse = ({ id, alt, fileName }: Asset): Use => ({ id, alt, fileName })

export const emptyDraft = (local: string, zone: string): Draft => ({
  parts: [newPart()],
  firstComment: null,
  extras: {},
  channelIds: [],
  own: {},
  when: 'at',
  local,
  zone,
})

const isBlank = (text: string | null | undefined): boolean => !text?.trim()

export const isEmpty = ({ parts, firstComment, extras, own }: Draft): boolean =>
  parts.every(({ text, uses }) => isBlank(text) && uses.length === 0) &&
  isBlank(firstComment) &&
  Object.keys(begun(extras)).length === 0 &&
  Object.values(own).every(({ text, firstComment, ...more }) => {
    return isBlank(text) && isBlank(firstComment) && Object.keys(more).length === 0
  })

/** Leaves out extras that were only opened: a place that has no name yet. */
const begun = (extras: Extras): Extras =>
  Object.fromEntries(
    Object.entries(extras).filter(([, extra]) =>
      Object.values(extra ?? {}).every((value) => typeof value !== 'string' || !isBlank(value)),
    ),
  )

export const usesOf = ({ uses }: Part) => uses.map(({ id, alt }) => ({ id, alt }))

/** The content of a draft, as the gateway takes it. */
export function contentOfDraft({
  parts,
  firstComment,
  extras,
  channelIds,
  own,
}: Draft): PostContent {
  const [first, ...rest] = parts
  return toContent({
    text: first.text,
    assets: usesOf(first),
    parts: rest.map((part) => ({ text: part.text, assets: usesOf(part) })),
    firstComment: isBlank(firstComment) ? null : firstComment,
    ...begun(extras),
    targets: channelIds.map((channelId) => {
      const variant = own[channelId]
      return variant === undefined ? { channelId } : { channelId, variant }
    }),
  })
}

export function scheduleIn({ when, local, zone }: Time): PostInput['schedule'] {
  if (when === 'now') return { now: true }
  return when === 'at' ? { local, zone } : undefined
}

/** The content of a revision, for the editor. */
export function contentOfRevision(
  said: Revision['said'],
  keyOf: (at: number) => string = randomId,
): Omit<Draft, keyof Time> {
  const content = toContent(said)
  const part = (at: number, { text, assets }: PostContent['parts'][number]): Part => ({
    key: keyOf(at),
    text,
    uses: (assets ?? []).map(({ id, alt }) => ({ id, alt: alt ?? '', fileName: '' })),
  })
  const own = content.targets.flatMap(({ channelId, variant }) =>
    variant && Object.keys(variant).length > 0 ? [[channelId, variant] as const] : [],
  )
  return {
    parts: [part(0, content), ...content.parts.map((one, at) => part(at + 1, one))],
    firstComment: content.firstComment,
    extras: extrasOf(content) ?? {},
    channelIds: content.targets.map(({ channelId }) => channelId),
    own: Object.fromEntries(own),
  }
}

/** An existing post, for the editor. */
export function draftOf(post: Post, fallback: Pick<Draft, 'local' | 'zone'>): Draft {
  const { schedule } = post
  return {
    ...contentOfRevision(post, (at) => `${post.id}/${at}`),
    when: schedule ? 'at' : 'draft',
    local: schedule?.local.slice(0, 16) ?? fallback.local,
    zone: schedule?.zone ?? fallback.zone,
  }
}

/** The content that a channel will get, with its own variant. */
export const contentFor = (draft: Draft, channelId: string): ChannelContent =>
  contentOf(contentOfDraft(draft), channelId)

/** Changes one part. */
export function withPart(draft: Draft, key: string, change: Partial<Part>): Draft {
  const [first, ...rest] = draft.parts.map((part) =>
    part.key === key ? { ...part, ...change } : part,
  )
  return first ? { ...draft, parts: [first, ...rest] } : draft
}

/** Removes a part; the first one stays. */
export function withoutPart(draft: Draft, key: string): Draft {
  const [first, ...rest] = draft.parts
  return { ...draft, parts: [first, ...rest.filter((part) => part.key !== key)] }
}

/** Changes a channel's variant; a field that is `undefined` follows the post again. */
export function withOwn(draft: Draft, channelId: string, change: Change<Variant>): Draft {
  return withVariant(draft, channelId, { ...draft.own[channelId], ...change })
}

/** Replaces a channel's variant. */
export function withVariant(draft: Draft, channelId: string, variant: Change<Variant>): Draft {
  const { [channelId]: _before, ...others } = draft.own
  const kept = Object.entries(variant).filter(([, value]) => value !== undefined)
  if (kept.length === 0) return { ...draft, own: others }
  return { ...draft, own: { ...others, [channelId]: Object.fromEntries(kept) } }
}

type Change<T> = { [K in keyof T]: T[K] | undefined }

/** Removes channels that no longer exist: nothing can go to them. */
export function withChannels(draft: Draft, known: readonly { id: string }[] | undefined): Draft {
  const isKnown = (id: string) => !known || known.some((one) => one.id === id)
  if (draft.channelIds.every(isKnown)) return draft
  return { ...draft, channelIds: draft.channelIds.filter(isKnown) }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Whether two drafts say the same, whenever they are to go out. */
export const hasSameContent = (one: Draft, other: Draft): boolean =>
  contentKey(contentOfDraft(one)) === contentKey(contentOfDraft(other))

/** Whether two drafts are for the same time; `now` is another moment each time. */
export const isForTheSameTime = (one: Time, other: Time): boolean =>
  one.when !== 'now' && isSame(scheduleIn(one), scheduleIn(other))

export const isTheSame = (one: Draft, other: Draft): boolean =>
  hasSameContent(one, other) && isForTheSameTime(one, other)
