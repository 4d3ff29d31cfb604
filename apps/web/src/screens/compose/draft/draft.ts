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
  /** Null where there is none; empty while it is being written. */
  firstComment: string | null
  channelIds: string[]
  /** What channels say in their own way; more than is edited here, and carried as it came. */
  own: Record<string, Variant>
  when: 'now' | 'at' | 'draft'
  /** A wall time, Gregorian: `2026-11-22T20:30`. */
  local: string
  zone: string
}

/** When something is to go out. */
export type Time = Pick<Draft, 'when' | 'local' | 'zone'>
export type PostContent = Omit<PostInput, 'schedule'>

export const newPart = (text = ''): Part => ({ key: randomId(), text, uses: [] })

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

const isBlank = (text: string | null | undefined): boolean => !text?.trim()

export const isEmpty = ({ parts, firstComment, own }: Draft): boolean =>
  parts.every(({ text, uses }) => isBlank(text) && uses.length === 0) &&
  isBlank(firstComment) &&
  Object.values(own).every(({ text, firstComment }) => isBlank(text) && isBlank(firstComment))

export const usesOf = ({ uses }: Part) => uses.map(({ id, alt }) => ({ id, alt }))

/** What is said, as the gateway takes it. */
export function toContent({ parts, firstComment, channelIds, own }: Draft): PostContent {
  const [first, ...rest] = parts
  return {
    text: first.text,
    assets: usesOf(first),
    parts: rest.map((part) => ({ text: part.text, assets: usesOf(part) })),
    firstComment: isBlank(firstComment) ? null : firstComment,
    targets: channelIds.map((channelId) => {
      const variant = own[channelId]
      return variant === undefined ? { channelId } : { channelId, variant: inOrder(variant) }
    }),
  }
}

/** Two variants that say the same are written the same. */
const inOrder = (variant: Variant): Variant =>
  Object.fromEntries(Object.entries(variant).toSorted(([one], [other]) => one.localeCompare(other)))

export function scheduleIn({ when, local, zone }: Time): PostInput['schedule'] {
  if (when === 'now') return { now: true }
  return when === 'at' ? { local, zone } : undefined
}

/** What a post said at one time, for the editor. */
export function contentOfRevision(
  { text = '', assets = [], parts = [], firstComment = null, targets = [] }: Revision['said'],
  keyOf: (at: number) => string = randomId,
): Omit<Draft, keyof Time> {
  const part = (at: number, said: { text: string; assets?: Post['assets'] }): Part => ({
    key: keyOf(at),
    text: said.text,
    uses: (said.assets ?? []).map(({ id, alt }) => ({ id, alt: alt ?? '', fileName: '' })),
  })
  const own = targets.flatMap(({ channelId, variant }) =>
    variant && Object.keys(variant).length > 0 ? [[channelId, variant] as const] : [],
  )
  return {
    parts: [part(0, { text, assets }), ...parts.map((one, at) => part(at + 1, one))],
    firstComment,
    channelIds: targets.map(({ channelId }) => channelId),
    own: Object.fromEntries(own),
  }
}

/** A post that is there already, for the editor. */
export function draftOf(post: Post, fallback: Pick<Draft, 'local' | 'zone'>): Draft {
  const { schedule } = post
  return {
    ...contentOfRevision(post, (at) => `${post.id}/${at}`),
    when: schedule ? 'at' : 'draft',
    local: schedule?.local.slice(0, 16) ?? fallback.local,
    zone: schedule?.zone ?? fallback.zone,
  }
}

/** What a channel will be sent, its own words where it has some. */
export function contentFor(
  { parts: [first, ...rest], firstComment, own }: Draft,
  id: string,
): Pick<Draft, 'parts' | 'firstComment'> {
  const variant = own[id] ?? {}
  const { parts: thread } = contentOfRevision({ parts: variant.parts ?? [] }, (at) => `${id}/${at}`)
  const { parts: single } = contentOfRevision({ assets: variant.assets ?? [] })
  const part: Part = {
    ...first,
    text: variant.text ?? first.text,
    uses: variant.assets ? single[0].uses : first.uses,
  }
  return {
    parts: [part, ...(variant.parts ? thread.slice(1) : rest)],
    firstComment: variant.firstComment === undefined ? firstComment : variant.firstComment,
  }
}

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

/** With something of its own for a channel; what is `undefined` is the original again. */
export function withOwn(
  draft: Draft,
  channelId: string,
  change: { [K in keyof Variant]: Variant[K] | undefined },
): Draft {
  const { [channelId]: before, ...others } = draft.own
  const kept = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)
  if (kept.length === 0) return { ...draft, own: others }
  return { ...draft, own: { ...others, [channelId]: Object.fromEntries(kept) } }
}

/** Without channels that are no longer there: nothing can go to them. */
export function withChannels(draft: Draft, known: readonly { id: string }[] | undefined): Draft {
  const isKnown = (id: string) => !known || known.some((one) => one.id === id)
  if (draft.channelIds.every(isKnown)) return draft
  return { ...draft, channelIds: draft.channelIds.filter(isKnown) }
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Whether two drafts say the same, whenever they are to go out. */
export const hasSameContent = (one: Draft, other: Draft): boolean =>
  isSame(toContent(one), toContent(other))

/** Whether they are for the same time; what is for now is for another moment each time. */
export const isForTheSameTime = (one: Time, other: Time): boolean =>
  one.when !== 'now' && isSame(scheduleIn(one), scheduleIn(other))

export const isTheSame = (one: Draft, other: Draft): boolean =>
  hasSameContent(one, other) && isForTheSameTime(one, other)
