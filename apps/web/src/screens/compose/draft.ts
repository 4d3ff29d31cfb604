import type { Asset, Post, PostInput } from '../../api/types.ts'

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
  /** Null where there is none; empty while it is being written. */
  firstComment: string | null
  channelIds: string[]
  /** The texts of channels that say it in their own way. */
  own: Record<string, string>
  when: 'now' | 'at' | 'draft'
  /** A wall time, Gregorian: `2026-11-22T20:30`. */
  local: string
  zone: string
}

export const newPart = (text = ''): Part => ({ key: crypto.randomUUID(), text, uses: [] })

export const asUse = ({ id, alt, fileName }: Asset): Use => ({ id, alt, fileName })

export const emptyDraft = (local: string, zone: string): Draft => ({
  parts: [newPart()],
  firstComment: null,
  channelIds: [],
  own: {},
  when: 'at',
  local,
  zone,
})

export const isEmpty = ({ parts, firstComment, own }: Draft): boolean =>
  parts.every(({ text, uses }) => text.trim() === '' && uses.length === 0) &&
  !firstComment?.trim() &&
  Object.values(own).every((text) => text.trim() === '')

const usesOf = ({ uses }: Part) => uses.map(({ id, alt }) => ({ id, alt }))

/** What is said, as the gateway takes it. */
export function saidIn({
  parts,
  firstComment,
  channelIds,
  own,
}: Draft): Omit<PostInput, 'schedule'> {
  const [first, ...rest] = parts
  return {
    text: first.text,
    assets: usesOf(first),
    parts: rest.map((part) => ({ text: part.text, assets: usesOf(part) })),
    firstComment: firstComment?.trim() ? firstComment : null,
    targets: channelIds.map((channelId) => {
      const text = own[channelId]
      return text === undefined ? { channelId } : { channelId, variant: { text } }
    }),
  }
}

export function scheduleIn({ when, local, zone }: Draft): PostInput['schedule'] {
  if (when === 'now') return { now: true }
  return when === 'at' ? { local, zone } : undefined
}

/** A post that is there already, for the editor. */
export function draftOf(post: Post, fallback: Pick<Draft, 'local' | 'zone'>): Draft {
  const uses = (assets: Post['assets']): Use[] =>
    assets.map(({ id, alt }) => ({ id, alt: alt ?? '', fileName: '' }))
  const own = post.targets.flatMap(({ channelId, variant }) =>
    variant?.text === undefined ? [] : [[channelId, variant.text] as const],
  )
  return {
    parts: [
      { ...newPart(post.text), uses: uses(post.assets) },
      ...post.parts.map((part) => ({ ...newPart(part.text), uses: uses(part.assets ?? []) })),
    ],
    firstComment: post.firstComment,
    channelIds: post.targets.map(({ channelId }) => channelId),
    own: Object.fromEntries(own),
    when: post.schedule ? 'at' : 'draft',
    local: post.schedule?.local.slice(0, 16) ?? fallback.local,
    zone: post.schedule?.zone ?? fallback.zone,
  }
}

/** What a channel will be sent as the post itself. */
export const textFor = ({ parts, own }: Draft, channelId: string): string =>
  own[channelId] ?? parts[0].text

/** Changes one part. */
export function withPart(draft: Draft, key: string, change: Partial<Part>): Draft {
  const [first, ...rest] = draft.parts.map((part) =>
    part.key === key ? { ...part, ...change } : part,
  )
  return first ? { ...draft, parts: [first, ...rest] } : draft
}

/** Without a part; the first one stays. */
export function withoutPart(draft: Draft, key: string): Draft {
  const [first, ...rest] = draft.parts
  return { ...draft, parts: [first, ...rest.filter((part) => part.key !== key)] }
}

/** With a text of its own for a channel, or without one. */
export function withOwn(draft: Draft, channelId: string, text: string | null): Draft {
  const { [channelId]: _before, ...others } = draft.own
  return { ...draft, own: text === null ? others : { ...others, [channelId]: text } }
}

/** Whether two drafts say the same. */
export const saysTheSame = (one: Draft, other: Draft): boolean =>
  JSON.stringify(saidIn(one)) === JSON.stringify(saidIn(other))
