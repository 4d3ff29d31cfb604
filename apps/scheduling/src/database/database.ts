import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { CalendarEntryRow } from '../calendar/calendar-entry.entity.ts'
import { ScheduleRow } from '../schedules/schedule.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [...busEntities, ScheduleRow, CalendarEntryRow],
  migrations,
}
