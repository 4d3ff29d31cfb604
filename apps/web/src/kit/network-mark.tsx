import { useQueryClient } from '@tanstack/react-query'
import { networks } from '../api/queries.ts'
import { useLanguage } from '../language/use-language.ts'

/** White stands out on each of them, in the light and in the dark. */
const hues = ['#0f6b64', '#1f5aa8', '#7c3f98', '#855100', '#b3261e', '#17693a', '#4a5568']

/** The first letter of a network's name on a colour of its own: no logo belongs to us. */
export function NetworkMark({ network }: { network: string }) {
  const name = useNetworkName()(network)
  const at = [...network].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % hues.length
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      style={{ backgroundColor: hues[at] }}
      className="inline-flex size-5 shrink-0 items-center justify-center rounded-[0.3rem] text-[0.7rem] font-bold text-[#fff]"
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
