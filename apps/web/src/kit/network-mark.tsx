import { useQuery } from '@tanstack/react-query'
import { networks } from '../api/queries.ts'
import { useLanguage } from '../language/use-language.ts'

const hues = ['#0f6b64', '#1f5aa8', '#7c3f98', '#855100', '#b3261e', '#17693a', '#4a5568']

/** The first letter of a network's name on a colour of its own: no logo belongs to us. */
export function NetworkMark({ network }: { network: string }) {
  const name = useNetworkName()(network)
  const at = [...network].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length
  return (
    <svg role="img" aria-label={name} viewBox="0 0 20 20" className="size-5 shrink-0">
      <title>{name}</title>
      <rect width="20" height="20" rx="5" fill={hues[at]} />
      <text x="10" y="14.2" textAnchor="middle" fontSize="11" fontWeight="700" fill="#fff">
        {network.charAt(0).toUpperCase()}
      </text>
    </svg>
  )
}

/** A network's name in the chosen language; its id until the names are here. */
export function useNetworkName(): (network: string) => string {
  const { data } = useQuery(networks)
  const { show } = useLanguage()
  return (network) => {
    const found = data?.find(({ id }) => id === network)
    return found ? show.said(found.name) : network
  }
}
