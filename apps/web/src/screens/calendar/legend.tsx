import { memo } from 'react'
import { StateBadge } from '../../kit/state-badge.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { type Appointment, statesOf } from './appointments.ts'

/** What the shapes in view mean. */
export const Legend = memo(function Legend({
  appointments,
}: {
  appointments: readonly Appointment[]
}) {
  const { t } = useLanguage()
  const states = statesOf(appointments)
  if (states.length === 0) return null
  return (
    <ul aria-label={t('calendar.legend')} className="flex flex-wrap gap-2">
      {states.map((state) => (
        <li key={state}>
          <StateBadge state={state} />
        </li>
      ))}
    </ul>
  )
})
