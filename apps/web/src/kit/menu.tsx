import type { ReactNode } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuTrigger,
  Popover,
} from 'react-aria-components'

interface Item {
  id: string
  label: string
  icon?: ReactNode
  onAction: () => void
}

/** A button and the list that it opens. */
export function Menu({ trigger, items }: { trigger: ReactNode; items: Item[] }) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="min-w-48 rounded-card border border-line bg-raised p-1 shadow-overlay">
        <AriaMenu className="outline-none">
          {items.map(({ id, label, icon, onAction }) => (
            <AriaMenuItem
              key={id}
              id={id}
              textValue={label}
              onAction={onAction}
              className="flex min-h-9 cursor-pointer items-center gap-2 rounded-control px-3 data-focused:bg-sunken
                pointer-coarse:min-h-11"
            >
              {icon}
              {label}
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
