import { parseDateTime } from '@internationalized/date'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import { useContext } from 'react'
import {
  Button as AriaButton,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarStateContext,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Label,
  Popover,
} from 'react-aria-components'
import { commaOf, firstDayOf } from '../language/dates.ts'
import { useLanguage } from '../language/use-language.tsx'
import { wallTimeOf } from '../language/wall-time.ts'
import { FieldProblem } from './field-problem.tsx'

interface WhenFieldProps {
  label: string
  /** On the wall, as contracts write it: `2026-11-22T20:30`. */
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
}

/**
 * A day and a time in the chosen calendar and digits; typed, or picked from a month. It knows no zone: callers resolve
 * the wall time, with any change of clocks, where they need the moment.
 */
export default function WhenField({ label, value, onChange, problem }: WhenFieldProps) {
  const { wanted } = useLanguage()
  return (
    <DatePicker
      value={parseDateTime(value)}
      onChange={(next) => next && onChange(wallTimeOf(next))}
      granularity="minute"
      hourCycle={24}
      shouldForceLeadingZeros
      firstDayOfWeek={firstDayOf(wanted)}
      isInvalid={problem !== undefined}
      className="flex flex-col gap-1"
    >
      <Label className="text-sm font-medium">{label}</Label>
      <Group
        className="flex min-h-9 w-fit items-center gap-1 rounded-control border border-line-strong bg-surface ps-3
          data-focus-within:outline-2 data-focus-within:outline-focus data-invalid:border-bad
          pointer-coarse:min-h-11"
      >
        {/* Left to right in every language: the year leads and the time ends, as it is typed. */}
        <DateInput dir="ltr" className="flex py-1.5">
          {(segment) => (
            <DateSegment
              segment={segment}
              className="rounded px-0.5 tabular-nums caret-transparent outline-none data-focused:bg-accent
                data-focused:text-on-accent data-placeholder:text-muted"
            >
              {({ text }) => text.replace(',', commaOf(wanted).trim())}
            </DateSegment>
          )}
        </DateInput>
        <AriaButton className="flex size-9 items-center justify-center text-muted data-hovered:text-ink pointer-coarse:size-11">
          <CalendarDays aria-hidden className="size-5" />
        </AriaButton>
      </Group>
      <FieldProblem problem={problem} />
      <Popover className="rounded-card border border-line bg-raised p-3 shadow-overlay">
        <Dialog className="outline-none">
          <MonthPicker />
        </Dialog>
      </Popover>
    </DatePicker>
  )
}

function MonthPicker() {
  const arrow = 'flex size-9 items-center justify-center rounded-control data-hovered:bg-sunken'
  return (
    <Calendar>
      <div className="flex items-center justify-between gap-2 pb-2">
        <AriaButton slot="previous" className={arrow}>
          <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
        </AriaButton>
        <MonthName />
        <AriaButton slot="next" className={arrow}>
          <ChevronRight aria-hidden className="size-5 rtl:rotate-180" />
        </AriaButton>
      </div>
      <CalendarGrid weekdayStyle="narrow">
        <CalendarGridHeader>
          {(day) => (
            <CalendarHeaderCell className="size-9 text-xs font-medium text-muted">
              {day}
            </CalendarHeaderCell>
          )}
        </CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className="flex size-9 cursor-pointer items-center justify-center rounded-control tabular-nums
                data-hovered:bg-sunken data-outside-month:hidden data-selected:bg-accent
                data-selected:text-on-accent data-disabled:text-muted"
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  )
}

/** The kit's own heading puts the year before the month in Persian. */
function MonthName() {
  const state = useContext(CalendarStateContext)
  const { show } = useLanguage()
  if (!state) return null
  const middle = state.visibleRange.start.add({ days: 10 })
  return (
    <span aria-live="polite" className="font-semibold">
      {show.month(middle.toDate(state.timeZone))}
    </span>
  )
}
