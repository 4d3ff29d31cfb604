import { prefer, usualFor } from '../language/preferences.ts'
import { useLanguage } from '../language/use-language.tsx'
import { Segments } from './choice.tsx'

/** The language, and with it the calendar and digits that usually go along; each can be changed by itself. */
export function LanguageSwitch({ isLabelHidden = false }: { isLabelHidden?: boolean }) {
  const { t, wanted } = useLanguage()
  return (
    <Segments
      label={t('preferences.language')}
      isLabelHidden={isLabelHidden}
      value={wanted.language}
      onChange={(language) => prefer(usualFor(language))}
      options={[
        { id: 'fa', label: t('preferences.fa') },
        { id: 'en', label: t('preferences.en') },
      ]}
    />
  )
}
