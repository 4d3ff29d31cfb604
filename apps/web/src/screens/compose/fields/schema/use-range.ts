import { useLanguage } from '../../../../language/use-language.tsx'

/** The limits of a number, in words; nothing where there are none. */
export function useRange(): (min?: number, max?: number) => string | undefined {
  const { t, show } = useLanguage()
  return (min, max) => {
    if (min === undefined && max === undefined) return undefined
    const words = [
      min !== undefined && t('compose.setting.atLeast', { min: show.number(min) }),
      max !== undefined && t('compose.setting.atMost', { max: show.number(max) }),
    ]
    return words.filter((each) => each !== false).join(' · ')
  }
}
