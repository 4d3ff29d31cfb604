import { Suspense, useRef, useState } from 'react'
import { lazyWithRetry } from '../../kit/lazy-with-retry.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { type Appointment, canMove } from './appointments.ts'
import { AppointmentCard } from './card.tsx'

const More = lazyWithRetry(() => import('./more.tsx'))

interface RestProps {
  /** How many appointments are not shown. */
  count: number
  /** The name of the day, or of a time of it. */
  name: string
  /** What the list shows. */
  all: readonly Appointment[]
  mayWrite: boolean
  /** It stands in the place of a card. */
  isPlaced?: boolean
}

/** A button with the number of appointments that do not fit; it opens a list of all. */
export function Rest({ count, name, all, mayWrite, isPlaced = false }: RestProps) {
  const { t, show } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const number = show.number(count)
  return (
    <>
      <button
        ref={button}
        type="button"
        // `Movable` finds a moved card that is folded in here, and gives the focus to this button.
        data-folds={isPlaced ? all.map(({ postId }) => postId).join(' ') : undefined}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={t('calendar.moreOn', { number, day: name })}
        onClick={() => setOpen(true)}
        className={`block min-h-6 w-full rounded-control px-2 text-xs font-medium text-accent hover:bg-sunken
          ${isPlaced ? 'border border-line bg-raised text-center hover:border-line-strong' : 'text-start'}`}
      >
        {t('calendar.more', { number })}
      </button>
      {isOpen && (
        <Suspense>
          <More name={name} trigger={button} onClose={() => setOpen(false)}>
            {all.map((appointment) => (
              <AppointmentCard
                key={appointment.key}
                appointment={appointment}
                isMovable={mayWrite && canMove(appointment)}
                isWide
              />
            ))}
          </More>
        </Suspense>
      )}
    </>
  )
}
