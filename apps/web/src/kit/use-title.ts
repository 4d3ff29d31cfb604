import { useEffect } from 'react'
import { useLanguage } from '../language/use-language.tsx'

/** What the tab of the browser says, and what is read out on arriving. */
export function useTitle(title: string): void {
  const { t } = useLanguage()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
}
