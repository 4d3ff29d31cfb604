import { canonicalJson, type ExtraName, extraNames } from '@hamava/networks/rules'
import type { Post } from '../../../api/types.ts'
import {
  type Draft,
  draftOf,
  isForTheSameTime,
  scheduleIn,
  usesOf,
  withVariant,
} from '../draft/draft.ts'

export type FieldKind =
  | 'text'
  | 'images'
  | 'thread'
  | 'firstComment'
  | 'extra'
  | 'channels'
  | 'variant'
  | 'time'

/** One field in which two drafts can differ. */
export interface Field {
  id: string
  kind: FieldKind
  /** The channel whose variant the field is. */
  channelId?: string
  /** The extra that the field is. */
  extra?: ExtraName
  isSame: (one: Draft, other: Draft) => boolean
  /** The draft `into` with this field from `from`. */
  take: (into: Draft, from: Draft) => Draft
  /** Both values in one, where that makes sense. */
  both?: (theirs: Draft, yours: Draft) => Draft
}

const field = (
  kind: FieldKind,
  said: (draft: Draft) => unknown,
  take: Field['take'],
  more: Partial<Field> = {},
): Field => ({
  id: kind,
  kind,
  isSame: (one, other) => canonicalJson(said(one)) === canonicalJson(said(other)),
  take,
  ...more,
})

const withFirst = (draft: Draft, change: Partial<Draft['parts'][0]>): Draft => {
  const [first, ...rest] = draft.parts
  return { ...draft, parts: [{ ...first, ...change }, ...rest] }
}

const withRest = (draft: Draft, rest: Draft['parts'][number][]): Draft => ({
  ...draft,
  parts: [draft.parts[0], ...rest],
})

const extraOf = (extra: ExtraName): Field =>
  field(
    'extra',
    ({ extras }) => extras[extra] ?? null,
    (into, { extras }) => ({ ...into, extras: { ...into.extras, [extra]: extras[extra] } }),
    { id: extra, extra },
  )

const common: Field[] = [
  field(
    'text',
    ({ parts }) => parts[0].text,
    (into, from) => withFirst(into, { text: from.parts[0].text }),
    {
      both: (theirs, yours) =>
        withFirst(yours, { text: `${theirs.parts[0].text}\n\n${yours.parts[0].text}` }),
    },
  ),
  field(
    'images',
    ({ parts }) => usesOf(parts[0]),
    (into, from) => withFirst(into, { uses: from.parts[0].uses }),
    {
      both: (theirs, yours) => {
        const { uses } = yours.parts[0]
        const others = theirs.parts[0].uses.filter((use) => uses.every(({ id }) => id !== use.id))
        return withFirst(yours, { uses: [...others, ...uses] })
      },
    },
  ),
  field(
    'thread',
    ({ parts: [_, ...rest] }) => rest.map((part) => [part.text, usesOf(part)]),
    (into, { parts: [_, ...rest] }) => withRest(into, rest),
    {
      both: ({ parts: [_, ...theirs] }, yours) =>
        withRest(yours, [
          ...theirs.map((part) => ({ ...part, key: `theirs/${part.key}` })),
          ...yours.parts.slice(1),
        ]),
    },
  ),
  field(
    'firstComment',
    ({ firstComment }) => firstComment?.trim() || null,
    (into, { firstComment }) => ({ ...into, firstComment }),
  ),
  ...extraNames.map(extraOf),
  field(
    'channels',
    ({ channelIds }) => channelIds.toSorted(),
    (into, { channelIds }) => ({ ...into, channelIds }),
    {
      both: (theirs, yours) => ({
        ...yours,
        channelIds: [...new Set([...theirs.channelIds, ...yours.channelIds])],
      }),
    },
  ),
  field('time', scheduleIn, (into, { when, local, zone }) => ({ ...into, when, local, zone }), {
    isSame: isForTheSameTime,
  }),
]

const variantOf = (channelId: string): Field =>
  field(
    'variant',
    ({ own }) => own[channelId] ?? {},
    (into, { own }) => withVariant(into, channelId, own[channelId] ?? {}),
    { id: `variant/${channelId}`, channelId },
  )

/** The fields in which two drafts differ, in the order of the page. */
export function differences(one: Draft, other: Draft): Field[] {
  const channelIds = [...new Set([one, other].flatMap(({ own }) => Object.keys(own)))]
  return [...common, ...channelIds.map(variantOf)].filter((each) => !each.isSame(one, other))
}

/** A post in the editor, and the version that editing began from. */
export interface Edited {
  /** Null until the server has the post. */
  base: Post | null
  draft: Draft
  /** The server's version, where a person has to decide between both; else null. */
  theirs: Post | null
}

/** The fields that others changed and your draft would overwrite. */
export const theirChanges = (was: Draft, yours: Draft, theirs: Draft): Field[] =>
  differences(yours, theirs).filter((each) => !each.isSame(was, theirs))

/**
 * The server has a newer version. Where only one side has changed anything, that stands; where both have, a person
 * decides. The time is apart: it is chosen here and told to nobody until it takes effect.
 */
export function rebase({ base, draft }: Edited, newer: Post): Edited {
  const was = base ? draftOf(base, draft) : null
  const theirs = draftOf(newer, draft)
  const changed = theirChanges(was ?? theirs, draft, theirs)
  if (was === null || changed.length === 0) return { base: newer, draft, theirs: null }
  const mine = differences(was, draft)
  const isTimeMine = mine.some(({ kind }) => kind === 'time')
  const isTimeTheirs = changed.some(({ kind }) => kind === 'time')
  if (mine.every(({ kind }) => kind === 'time') && !(isTimeMine && isTimeTheirs)) {
    const { when, local, zone } = draft
    return {
      base: newer,
      draft: isTimeMine ? { ...theirs, when, local, zone } : theirs,
      theirs: null,
    }
  }
  return { base, draft, theirs: newer }
}
