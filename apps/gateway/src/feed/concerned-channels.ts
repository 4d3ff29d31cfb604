interface Side {
  channelId?: unknown
  targets?: { channelId: string }[]
  scope?: { channelId?: unknown }
}

/** The body of an event, as far as it names channels. */
interface Body extends Side {
  channelIds?: unknown
  before?: Side | null
  after?: Side | null
}

/** The channels that a fact concerns, wherever its body names them: now, and before. Null when it names none. */
export function concernedChannels(body: Body): string[] | null {
  const { before, after, channelIds } = body
  const named = [body, before, after].flatMap((side) => [
    side?.channelId,
    side?.scope?.channelId,
    ...(side?.targets ?? []).map((target) => target.channelId),
  ])
  const all = [...named, ...(Array.isArray(channelIds) ? channelIds : [])]
  const ids = new Set(all.filter((id) => typeof id === 'string'))
  return ids.size > 0 ? [...ids] : null
}
