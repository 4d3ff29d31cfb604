import { Suspense } from 'react'
import { Segments } from '../../../kit/choice.tsx'
import { lazyWithRetry } from '../../../kit/lazy-with-retry.ts'
import { Zone } from '../../../kit/zone.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { wallMomentAt } from '../../../language/wall-time.ts'
import type { Draft } from '../draft/draft.ts'

// The calendar and its arithmetic are half of the composer's size; a text can be begun without them.
const WhenField = lazyWithRetry(() => import('../../../kit/when-field.tsx'))

interface WhenChoiceProps {
  draft: Draft
  onChange: (change: Partial<Draft>) => void
}

/** Now, at a time in the chosen calendar, or not yet. */
export function WhenChoice({ draft: { when, local, zone }, onChange }: WhenChoiceProps) {
  const { t, show, wanted } = useLanguage()
  const moment = wallMomentAt(local, zone)
  const isPast = when === 'at' && moment.getTime() < Date.now()
  return (
    <div className="flex flex-col gap-3">
      <Segments
        label={t('compose.when')}
        value={when}
        onChange={(chosen) => onChange({ when: chosen })}
        options={[
          { id: 'at', label: t('compose.at') },
          { id: 'now', label: t('compose.now') },
          { id: 'draft', label: t('compose.draft') },
        ]}
      />
      {when === 'at' && (
        <>
          <Suspense fallback={<div className="h-16" />}>
            <WhenField
              label={t('compose.date')}
              value={local}
              onChange={(next) => onChange({ local: next })}
              problem={isPast ? t('compose.past') : undefined}
            />
          </Suspense>
          <p className="text-sm text-muted">
            {show.when(moment, zone)} <bdi>({show.otherDay(moment, zone)})</bdi> ·{' '}
            <Zone id={zone} />
            {zone !== wanted.zone && (
              <span className="block">
                {show.when(moment)} · <Zone id={wanted.zone} />
              </span>
            )}
          </p>
        </>
      )}
    </div>
  )
}
