import type { ReactNode, RefObject } from 'react'
import { Dialog, Popover } from 'react-aria-components'

interface MoreProps {
  name: string
  /** What was pressed: it is opened beside it. */
  trigger: RefObject<HTMLElement | null>
  onClose: () => void
  children: ReactNode
}

/** A whole day in a list of its own: the page does not grow. What is around stays in reach, to drop a card on. */
export default function More({ name, trigger, onClose, children }: MoreProps) {
  return (
    <Popover
      triggerRef={trigger}
      isOpen
      isNonModal
      onOpenChange={(isOpen) => !isOpen && onClose()}
      className="max-h-96 w-80 overflow-auto rounded-card border border-line bg-raised p-3 shadow-overlay"
    >
      <Dialog aria-label={name} className="flex flex-col gap-2 outline-none">
        <h3 className="text-sm">{name}</h3>
        {children}
      </Dialog>
    </Popover>
  )
}
