import type { Extras } from '@hamava/networks/rules'
import { useQuery } from '@tanstack/react-query'
import { networks } from '../../../../api/queries.ts'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { Settings } from './settings.ts'
import { type Speech, tellSettings } from './tell-settings.ts'

/** A network's settings in words, each as its label and its value. */
export function useSettingsInWords(): (
  network: string | undefined,
  settings: Settings,
) => string[] {
  const speech = useSpeech()
  const known = useQuery(networks).data ?? []
  return (network, settings) =>
    tellSettings(known.find(({ id }) => id === network)?.settings, settings, speech)
}

/** The extras of a post that this network takes, each as its name and its value. */
export function useExtrasInWords(): (network: string, extras: Extras) => string[] {
  const speech = useSpeech()
  const known = useQuery(networks).data ?? []
  return (network, extras) => {
    const properties = known.find(({ id }) => id === network)?.extras ?? {}
    const taken = Object.entries(extras).filter(([name]) => name in properties)
    return tellSettings({ properties }, Object.fromEntries(taken), speech)
  }
}

function useSpeech(): Speech {
  const { t, show } = useLanguage()
  return {
    ...show,
    yes: t('compose.setting.yes'),
    no: t('compose.setting.no'),
    none: t('compose.none'),
  }
}
