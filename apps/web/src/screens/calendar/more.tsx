import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useLanguage } from '../../language/use-language.ts'

/** What does not fit, in a list of its own: the page does not grow. */
export default function More({
  count,
  name,
  children,
}: {
  count: number
  name: string
  children: ReactNode
}) {
  const { t, show } = useLanguage()
  const shown = show.number(count)
  return (
    <DialogTrigger>
      <Button
        aria-label={t('calendar.moreOn', {
          number: shown,
          day: name,
        })}
        className="min-h-6 rounded-control px-2 text-start text-xs font-medium text-accent data-hovered:bg-sunken"
      >
        {t('calendar.more', { number: shown })}
      </Button>
      <Popover className="max-h-96 w-80 overflow-auto rounded-card border border-line bg-raised p-3 shadow-overlay">
        <Dialog aria-label={name} className="flex flex-col gap-2 outline-none">
          <h3 className="text-sm">{name}</h3>
          {children}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
