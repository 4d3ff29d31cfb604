import type { Channel } from '../../api/types.ts'
import { toast } from '../../kit/toasts.tsx'
import type { useLanguage } from '../../language/use-language.tsx'
import { labels } from './labels.ts'

type Named = Pick<Channel, 'id' | 'name'>
type Asked = Pick<Channel, 'id' | 'name' | 'network'>
type Language = Pick<ReturnType<typeof useLanguage>, 't' | 'show'>

const placeOf = (state: string) => `hamava.asked.${state}`

/** Remembers, where storage allows, which channel is to be connected again while the person is at the network. */
export function saveAskedFor(state: string, { id, name, network }: Asked): void {
  try {
    sessionStorage.setItem(placeOf(state), JSON.stringify({ id, name, network }))
  } catch {
    // Only the message afterwards depends on it.
  }
}

/** The channel that the person went away for, if it was to be connected again. */
export function askedFor(state: string): Asked | undefined {
  try {
    const kept = sessionStorage.getItem(placeOf(state))
    return kept === null ? undefined : (JSON.parse(kept) as Asked)
  } catch {
    return undefined
  }
}

/** Says what was connected; warns if the person chose another account than the one asked for. */
export function sayConnected(
  { t, show }: Language,
  { id, name }: Named,
  asked: Named | undefined,
): void {
  if (asked && asked.id !== id)
    toast(show.said(labels.connectedOther(name, asked.name)), { tone: 'bad' })
  else toast(t('channels.connected', { name }))
}
