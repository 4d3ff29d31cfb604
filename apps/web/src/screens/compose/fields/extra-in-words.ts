import { useLanguage } from '../../../language/use-language.tsx'

/** An extra in one line of words; empty where there is none. */
export function useExtraInWords(): (value: unknown) => string {
  const { show } = useLanguage()
  return (value) =>
    Object.values(value ?? {})
      .flatMap((one) => {
        if (typeof one === 'number') return [show.number(one, { maximumFractionDigits: 15 })]
        return typeof one === 'string' ? [one] : []
      })
      .join(' · ')
}
