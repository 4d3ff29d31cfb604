import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components'

interface Option<K extends string> {
  id: K
  label: string
  icon?: ReactNode
}

export interface ChoiceProps<K extends string> {
  label: string
  options: readonly Option<K>[]
  value: K
  onChange: (value: K) => void
  isLabelHidden?: boolean
}

/** One of a few, all in view. */
export function Segments<K extends string>({
  label,
  options,
  value,
  onChange,
  isLabelHidden = false,
}: ChoiceProps<K>) {
  return (
    <div className="flex flex-col gap-1">
      {!isLabelHidden && (
        <span aria-hidden className="text-sm font-medium">
          {label}
        </span>
      )}
      <ToggleButtonGroup
        aria-label={label}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          const [chosen] = keys
          if (chosen !== undefined) onChange(chosen as K)
        }}
        className="inline-flex w-fit max-w-full flex-wrap rounded-control border border-line bg-sunken p-0.5"
      >
        {options.map(({ id, label: text, icon }) => (
          <ToggleButton
            key={id}
            id={id}
            className="inline-flex min-h-8 items-center gap-1.5 rounded-[0.4rem] px-3 text-sm font-medium text-muted
              data-hovered:text-ink data-selected:bg-raised data-selected:text-ink data-selected:shadow-raised
              pointer-coarse:min-h-11"
          >
            {icon}
            {text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  )
}

export function Checkbox({
  children,
  ...props
}: Omit<AriaCheckboxProps, 'children' | 'className'> & { children?: ReactNode }) {
  return (
    <AriaCheckbox
      {...props}
      className="group flex min-h-8 items-center gap-2 pointer-coarse:min-h-11"
    >
      <span
        className="flex size-5 shrink-0 items-center justify-center rounded border border-line-strong bg-surface
          group-data-selected:border-accent group-data-selected:bg-accent group-data-selected:text-on-accent
          group-data-focus-visible:outline-2 group-data-focus-visible:outline-offset-2
          group-data-focus-visible:outline-focus"
      >
        <Check aria-hidden className="size-4 opacity-0 group-data-selected:opacity-100" />
      </span>
      {children}
    </AriaCheckbox>
  )
}
