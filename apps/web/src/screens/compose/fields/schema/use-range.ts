import { useLanguage } from '../../../../language/use-language.tsx'

/** The limits of a number, in words; nothing where there are none. */
export function useRange(): (min?: number, max?: number) => string | undefined {
  const { t, show } = useLanguage()
  return (min, max) => {
    if (min === undefined && max === undefined) return undefined
    if (max === undefined) return t('compose.setting.atLeast', { min: show.number(min ?? 0) })
    if (min === undefined) return t('compose.setting.atMost', { max: show.number(max) })
    return t('compose.setting.between', { min: show.number(min), max: show.number(max) })
  }
}
