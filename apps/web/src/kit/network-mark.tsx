import { useQueryClient } from '@tanstack/react-query'
import { networks } from '../api/queries.ts'
import { useLanguage } from '../language/use-language.tsx'

const hues = [
  'bg-mark-1',
  'bg-mark-2',
  'bg-mark-3',
  'bg-mark-4',
  'bg-mark-5',
  'bg-mark-6',
  'bg-mark-7',
]

interface NetworkMarkProps {
  network: string
  /** Close to the one before it, where there is little room. */
  isClose?: boolean
}

/** The first letter of a network's name on a colour of its own: no logo belongs to us. */
export function NetworkMark({ network, isClose = false }: NetworkMarkProps) {
  const name = useNetworkName()(network)
  const at = [...network].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={`inline-flex size-5 shrink-0 items-center justify-center rounded-[0.3rem] text-[0.7rem] font-bold
        text-on-mark ${hues[at]} ${isClose ? '-ms-1' : ''}`}
    >
      {network.charAt(0).toUpperCase()}
    </span>
  )
}

/** A network's name in the chosen language. The names were read behind the login: hundreds of marks need not watch them. */
export function useNetworkName(): (network: string) => string {
  const data = useQueryClient().getQueryData(networks.queryKey)
  const { show } = useLanguage()
  return (network) => {
    const found = data?.find(({ id }) => id === network)
    return found ? show.said(found.name) : network
  }
}
