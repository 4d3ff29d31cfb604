import { extraNames } from '@hamava/networks/rules'
import type { Post, Revision, Variant } from '../../api/types.ts'

type Content = Revision['said']
type Said = Pick<Revision, 'said' | 'schedule'>

/** Where a text, image or extra stands: in the post itself, or in the variant of one channel. */
interface Place {
  what: 'text' | 'part' | 'firstComment' | 'image' | 'settings' | 'extra' | 'without'
  /** Null for the post itself. */
  channelId: string | null
  /** The part of the thread, from 2 on; the post itself is 1. */
  part: number
  /** The image, if the value is its alternative text. */
  assetId: string | null
  /** The field of an extra, or of something that one channel goes without. */
  field: string | null
}

/** `before` is null where the value was not there before, `after` where it is not there any more. */
export interface Change extends Place {
  before: string | null
  after: string | null
}

export interface Changes {
  content: Change[]
  channels: { added: string[]; removed: string[] }
  time: { before: Revision['schedule']; after: Revision['schedule'] } | null
}

/** All changes that the last approver of a post has not seen yet. */
export function changesSince(before: Said, after: Said): Changes {
  const [was, is] = [placesOf(before.said), placesOf(after.said)]
  const said = [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)]
    const place = other ?? one
    if (!place || one?.value === other?.value) return []
    const { value: _value, ...where } = place
    return [{ ...where, before: one?.value ?? null, after: other?.value ?? null }]
  })
  const [hadChannels, hasChannels] = [channelsOf(before.said), channelsOf(after.said)]
  return {
    content: said,
    channels: {
      added: hasChannels.filter((id) => !hadChannels.includes(id)),
      removed: hadChannels.filter((id) => !hasChannels.includes(id)),
    },
    time:
      before.schedule?.dueAt === after.schedule?.dueAt
        ? null
        : { before: before.schedule, after: after.schedule },
  }
}

export const isEmpty = ({ content: said, channels: { added, removed }, time }: Changes): boolean =>
  said.length === 0 && added.length === 0 && removed.length === 0 && !time

const channelsOf = ({ targets = [] }: Content) => targets.map(({ channelId }) => channelId)

/** The fields that a channel goes without, though the post has them. */
const leftOut = (variant: Variant): string[] => [
  ...(variant.firstComment === null ? ['firstComment'] : []),
  ...(['assets', 'parts'] as const).filter((field) => variant[field]?.length === 0),
  ...extraNames.filter((field) => variant[field] === null),
]

/** Every text, image and extra of a post, by where it stands. */
function placesOf({ targets = [], ...own }: Content): Map<string, Place & { value: string }> {
  const places = new Map<string, Place & { value: string }>()
  const put = (value: string | null | undefined, place: Place) => {
    if (value === null || value === undefined) return
    const { what, channelId, part, assetId, field } = place
    places.set(`${channelId} ${part} ${what} ${assetId ?? field}`, { ...place, value })
  }
  const putAll = (content: Variant, channelId: string | null) => {
    const at = (what: Place['what'], part: number, assetId: string | null = null) => ({
      what,
      channelId,
      part,
      assetId,
      field: null,
    })
    const putImages = (assets: Post['assets'] | undefined, part: number) => {
      for (const { id, alt = '' } of assets ?? []) put(alt, at('image', part, id))
    }
    put(content.text, at('text', 1))
    putImages(content.assets, 1)
    for (const [index, { text, assets }] of (content.parts ?? []).entries()) {
      put(text, at('part', index + 2))
      putImages(assets, index + 2)
    }
    put(content.firstComment, at('firstComment', 1))
    for (const field of extraNames) {
      const extra = content[field]
      put(extra && JSON.stringify(extra), { ...at('extra', 1), field })
    }
    for (const field of channelId === null ? [] : leftOut(content))
      put('', { ...at('without', 1), field })
  }
  putAll(own, null)
  for (const { channelId, variant } of targets) {
    if (!variant) continue
    putAll(variant, channelId)
    const { settings } = variant
    const place = { what: 'settings', channelId, part: 1, assetId: null, field: null } as const
    put(settings && JSON.stringify(settings), place)
  }
  return places
}
