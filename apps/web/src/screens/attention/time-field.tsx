import type { ZonedDateTime } from '@internationalized/date'
import { useEffect } from 'react'
import WhenField from '../../kit/when-field.tsx'
import { Zone } from '../../kit/zone.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { wallMoment } from '../../language/wall-time.ts'

interface TimeFieldProps {
  value: ZonedDateTime | null
  onChange: (value: ZonedDateTime) => void
  problem: string | undefined
}

const hourMs = 3_600_000

/** A time in one's own zone, an hour from now until another is chosen. */
export default function TimeField({ value, onChange, problem }: TimeFieldProps) {
  const { t, show, wanted } = useLanguage()
  useEffect(() => {
    if (!value) onChange(wallMoment(new Date(Date.now() + hourMs), wanted))
  }, [value, onChange, wanted])
  if (!value) return null
  return (
    <div className="flex flex-col gap-2">
      <WhenField label={t('compose.date')} value={value} onChange={onChange} problem={problem} />
      <p className="text-sm text-muted">
        {show.when(value.toDate())} · <Zone id={wanted.zone} />
      </p>
    </div>
  )
}
