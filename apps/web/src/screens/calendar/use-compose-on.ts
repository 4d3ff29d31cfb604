import { usePreferences } from '../../language/preferences.ts'
import { useLanguage } from '../../language/use-language.tsx'

/** The address at which a post is begun for a day or a time, in the zone that is shown. */
export function useComposeOn(): (place: string) => string {
  const preferred = usePreferences().zone
  const { zone } = useLanguage().wanted
  const there = zone === preferred ? '' : `&zone=${encodeURIComponent(zone)}`
  return (place) => `/compose?on=${place}${there}`
}
