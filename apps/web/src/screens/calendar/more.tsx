import type { ReactNode, RefObject } from 'react'
import { Dialog, Popover } from 'react-aria-components'

interface MoreProps {
  name: string
  /** The button that was pressed: the list opens beside it. */
  trigger: RefObject<HTMLElement | null>
  onClose: () => void
  children: ReactNode
}

/** A whole day in a popover, so that the page does not grow. The days around stay in reach, to drop a card on. */
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
