import type { ReactNode } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Button,
  MenuTrigger,
  Popover,
} from 'react-aria-components'
import { buttonClass } from './button.tsx'

interface Item {
  id: string
  label: string
  icon?: ReactNode
  onAction: () => void
}

interface MenuProps {
  /** The button's name, where what it shows is not enough. */
  label: string
  items: Item[]
  /** What the button shows. */
  children: ReactNode
}

/** A button and the list that it opens. */
export function Menu({ label, items, children }: MenuProps) {
  return (
    <MenuTrigger>
      <Button aria-label={label} className={buttonClass('quiet')}>
        {children}
      </Button>
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
