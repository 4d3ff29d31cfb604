import { textLength } from '@hamava/networks/rules'
import { useDeferredValue } from 'react'
import type { Channel, Network } from '../../api/types.ts'
import { NetworkMark } from '../../kit/network-mark.tsx'
import { useLanguage } from '../../language/use-language.tsx'

interface CountersProps {
  text: string
  channels: readonly Channel[]
  networks: readonly Network[]
}

/** How much of each network's room a text takes, the tightest first. */
export function Counters({ text, channels, networks }: CountersProps) {
  const { t, show } = useLanguage()
  const counted = useDeferredValue(text)
  const used = networks
    .filter(({ id }) => channels.some(({ network }) => network === id))
    .map((network) => ({ network, length: textLength(counted, network), max: network.text.max }))
    .toSorted((one, other) => other.length / other.max - one.length / one.max)
  return (
    <ul aria-live="polite" className="flex flex-wrap gap-2">
      {used.map(({ network, length, max }) => (
        <li
          key={network.id}
          className={`inline-flex items-center gap-1.5 rounded-full border px-2 py-0.5 text-xs tabular-nums
            ${toneOf(length / max)}`}
        >
          <NetworkMark network={network.id} />
          <span aria-hidden dir="ltr">
            {show.number(length)}/{show.number(max)}
          </span>
          <span className="sr-only">
            {t('compose.counter', {
              network: show.said(network.name),
              used: show.number(length),
              max: show.number(max),
            })}
          </span>
          {length > max && (
            <strong>
              {t('compose.over', {
                number: show.number(length - max),
              })}
            </strong>
          )}
        </li>
      ))}
    </ul>
  )
}

function toneOf(share: number): string {
  if (share > 1) return 'border-bad bg-bad-soft text-bad'
  if (share >= 0.8) return 'border-warn bg-warn-soft text-warn'
  return 'border-line text-muted'
}
