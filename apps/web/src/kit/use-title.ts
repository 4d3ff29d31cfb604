import { useEffect } from 'react'
import { useLanguage } from '../language/use-language.tsx'

/** Sets the title of the browser's tab, which screen readers say on arrival. */
export function useTitle(title: string): void {
  const { t } = useLanguage()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
}
