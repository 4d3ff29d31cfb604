import { usePreferences } from '../../language/preferences.ts'
import { useLanguage } from '../../language/use-language.tsx'

/** Where a post is begun for a day or a time, on the clock that is looked at. */
export function useComposeOn(): (place: string) => string {
  const preferred = usePreferences().zone
  const { zone } = useLanguage().wanted
  const there = zone === preferred ? '' : `&zone=${encodeURIComponent(zone)}`
  return (place) => `/compose?on=${place}${there}`
}
