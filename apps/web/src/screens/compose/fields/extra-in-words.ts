import { useLanguage } from '../../../language/use-language.tsx'

/** All that is said of something a post has besides, in one line; empty where there is none. */
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
