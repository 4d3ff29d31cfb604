import { useSyncExternalStore } from 'react'
import { useLanguage } from '../../language/use-language.tsx'
import { wallTimeAt } from '../../language/wall-time.ts'
import { onEachMinute } from './each-minute.ts'
import { WeekBox } from './week-box.tsx'

/** A thin line at the present time; it moves by itself, without rendering anything around it. */
export function NowLine({ days }: { days: readonly string[] }) {
  const { wanted } = useLanguage()
  const now = useSyncExternalStore(onEachMinute, () =>
    wallTimeAt(new Date().toISOString(), wanted.zone),
  )
  return (
    <WeekBox days={days} place={now} minutes={0}>
      <div data-now className="-mt-px h-0.5 bg-bad">
        <div className="absolute -top-1 size-2 rounded-full bg-bad" />
      </div>
    </WeekBox>
  )
}
