import { useQuery } from '@tanstack/react-query'
import { networks } from '../../../../api/queries.ts'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { Settings } from './settings.ts'
import { tellSettings } from './tell-settings.ts'

/** What a network is asked beside the text, each as its label and its value. */
export function useSettingsInWords(): (
  network: string | undefined,
  settings: Settings,
) => string[] {
  const { t, show } = useLanguage()
  const known = useQuery(networks).data ?? []
  return (network, settings) =>
    tellSettings(known.find(({ id }) => id === network)?.settings, settings, {
      ...show,
      yes: t('compose.setting.yes'),
      no: t('compose.setting.no'),
      none: t('compose.none'),
    })
}
