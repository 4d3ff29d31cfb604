import { Check, ChevronDown } from 'lucide-react'
import {
  Autocomplete,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select,
  SelectValue,
} from 'react-aria-components'
import { folded } from '../language/bidi.ts'
import { useLanguage } from '../language/use-language.tsx'
import { inputClass } from './field.tsx'

interface SearchPickerProps {
  label: string
  searchLabel: string
  /** The note stands smaller beneath the label, and is searched too. */
  options: readonly { id: string; label: string; note: string }[]
  value: string
  onChange: (value: string) => void
}

/** One of hundreds: a list with a field that narrows it. */
export function SearchPicker({ label, searchLabel, options, value, onChange }: SearchPickerProps) {
  const { t } = useLanguage()
  return (
    <Select
      selectedKey={value}
      onSelectionChange={(key) => onChange(key as string)}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <Button
        className="inline-flex min-h-9 items-center justify-between gap-2 rounded-control border border-line-strong
          bg-surface px-3 text-start pointer-coarse:min-h-11"
      >
        <SelectValue className="truncate">
          {() => options.find(({ id }) => id === value)?.label ?? value}
        </SelectValue>
        <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Button>
      <Popover className="flex max-h-80 min-w-(--trigger-width) flex-col rounded-card border border-line bg-raised p-1 shadow-overlay">
        <Autocomplete filter={(text, typed) => folded(text).includes(folded(typed))}>
          <SearchField aria-label={searchLabel} autoFocus className="p-1">
            <Input dir="auto" placeholder={searchLabel} className={inputClass} />
          </SearchField>
          <ListBox
            items={options}
            className="overflow-auto outline-none"
            renderEmptyState={() => <p className="p-3 text-muted">{t('commands.none')}</p>}
          >
            {({ id, label: name, note }) => (
              <ListBoxItem
                id={id}
                textValue={`${name} ${note}`}
                className="flex min-h-9 items-center gap-2 rounded-control px-3 py-1 data-focused:bg-sunken
                  data-selected:font-semibold"
              >
                {({ isSelected }) => (
                  <>
                    <span className="grow">
                      {name}
                      <span className="block text-xs font-normal text-muted">
                        <bdi>{note}</bdi>
                      </span>
                    </span>
                    {isSelected && <Check aria-hidden className="size-4 text-accent" />}
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
  )
}
