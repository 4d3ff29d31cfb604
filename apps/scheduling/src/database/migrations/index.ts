import { busMigrations } from '@hamava/bus'
import { Scheduling1795300200000 } from './1795300200000-scheduling.ts'
import { CalendarWithoutLocal1796100100000 } from './1796100100000-calendar-without-local.ts'
import { CalendarApproval1796300100000 } from './1796300100000-calendar-approval.ts'

/** In the order in which they are applied. */
export const migrations = [
  ...busMigrations,
  Scheduling1795300200000,
  CalendarWithoutLocal1796100100000,
  CalendarApproval1796300100000,
]
