import { useEffect, useState } from 'react'
import { NetworkMark } from '../../../kit/network-mark.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import type { CharacterLimit } from './character-limit.ts'

const sayAfterMs = 1_000

/**
 * How much of each network's limit a text takes; screen readers hear of tight limits when typing rests, not at every
 * key.
 */
export function Counters({ rooms }: { rooms: readonly CharacterLimit[] }) {
  const { t, show } = useLanguage()
  const over = ({ length, max }: CharacterLimit) =>
    t('compose.over', { number: show.number(length - max) })
  const inWords = (room: CharacterLimit) =>
    `${t('compose.counter', {
      network: show.said(room.network.name),
      used: show.number(room.length),
      max: show.number(room.max),
    })}${room.length > room.max ? ` · ${over(room)}` : ''}`
  const said = useRested(
    rooms
      .filter(({ length, max }) => length >= 0.8 * max)
      .map(inWords)
      .join(' '),
  )
  if (rooms.length === 0) return null
  return (
    <>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
      <ul className="flex flex-wrap gap-2">
        {rooms.map((room) => {
          const { network, length, max } = room
          return (
            <li
              key={network.id}
              className={`inline-flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs tabular-nums
                ${toneOf(length / max)}`}
            >
              <NetworkMark network={network.id} />
              <span aria-hidden dir="ltr">
                {show.number(length)}/{show.number(max)}
              </span>
              <span className="sr-only">{inWords(room)}</span>
              {length > max && <strong aria-hidden>{over(room)}</strong>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The text, updated only when typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), sayAfterMs)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

function toneOf(share: number): string {
  if (share > 1) return 'border-bad bg-bad-soft text-bad'
  if (share >= 0.8) return 'border-warn bg-warn-soft text-warn'
  return 'border-line text-muted'
}
