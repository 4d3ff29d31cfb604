import { Suspense } from 'react'
import { Checkbox, Segments } from '../../kit/choice.tsx'
import { LanguageSwitch } from '../../kit/language-switch.tsx'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { Card } from '../../kit/page.tsx'
import { prefer } from '../../language/preferences.ts'
import { useLanguage } from '../../language/use-language.tsx'

// Hundreds of zone names take long to make.
const ZonePicker = lazyWithRetry(() => import('./zone-picker.tsx'))

/** Language, calendar, digits and zone, each by itself; a change takes effect at once. */
export function PreferencesForm() {
  const { t, show, wanted } = useLanguage()
  return (
    <Card className="flex flex-col gap-5">
      <h2 className="text-base">{t('preferences.title')}</h2>
      <LanguageSwitch />
      <Segments
        label={t('preferences.calendar')}
        value={wanted.calendar}
        onChange={(calendar) => prefer({ calendar })}
        options={[
          { id: 'persian', label: t('preferences.persian') },
          { id: 'gregory', label: t('preferences.gregory') },
        ]}
      />
      <Segments
        label={t('preferences.digits')}
        value={wanted.digits}
        onChange={(digits) => prefer({ digits })}
        options={[
          { id: 'arabext', label: t('preferences.arabext') },
          { id: 'latn', label: t('preferences.latn') },
        ]}
      />
      <div className="max-w-xs">
        <Suspense fallback={<div className="h-16" />}>
          <ZonePicker value={wanted.zone} onChange={(zone) => prefer({ zone })} />
        </Suspense>
      </div>
      <Segments
        label={t('preferences.theme')}
        value={wanted.theme}
        onChange={(theme) => prefer({ theme })}
        options={[
          { id: 'system', label: t('preferences.system') },
          { id: 'light', label: t('preferences.light') },
          { id: 'dark', label: t('preferences.dark') },
        ]}
      />
      <Checkbox isSelected={wanted.singleKeys} onChange={(singleKeys) => prefer({ singleKeys })}>
        {t('preferences.keys')}
      </Checkbox>
      <p className="text-sm text-muted">{show.when(new Date())}</p>
    </Card>
  )
}
