import { Check, ChevronDown } from 'lucide-react'
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components'
import type { ChoiceProps } from './choice.tsx'

interface PickerProps<K extends string> extends ChoiceProps<K> {
  /** Where a finding that names this field leads to. */
  id?: string
  hint?: string | undefined
}

/** One of many, from a list. */
export function Picker<K extends string>({
  label,
  options,
  value,
  onChange,
  isLabelHidden = false,
  id,
  hint,
}: PickerProps<K>) {
  return (
    <Select
      {...(id !== undefined && { id })}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key as K)}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>{label}</Label>
      <Button
        className="inline-flex min-h-9 items-center justify-between gap-2 rounded-control border border-line-strong
          bg-surface px-3 text-start pointer-coarse:min-h-11"
      >
        <SelectValue className="truncate" />
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Button>
      {hint && (
        <Text slot="description" className="text-sm text-muted">
          {hint}
        </Text>
      )}
      <Popover className="max-h-80 min-w-(--trigger-width) overflow-auto rounded-card border border-line bg-raised p-1 shadow-overlay">
        <ListBox items={options} className="outline-none">
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="flex min-h-9 items-center gap-2 rounded-control px-3 py-1 data-focused:bg-sunken
                data-selected:font-semibold"
            >
              {({ isSelected }) => (
                <>
                  {option.icon}
                  <span className="grow">{option.label}</span>
                  {isSelected && <Check aria-hidden className="size-4 text-accent" />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
