import { createService, type RunningService } from '@hamava/bus'
import { postScheduled, publicationChanged } from '@hamava/contracts'
import { createLogger } from '@hamava/service-kit'
import { Module } from '@nestjs/common'
import { CalendarController } from './calendar/calendar.controller.ts'
import { ReadCalendar } from './calendar/read-calendar.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { PlanPost } from './planning/plan-post.ts'
import { PlanningController } from './planning/planning.controller.ts'

/** When it goes out: schedules, the plan of publications, the calendar. */
@Module({
  controllers: [PlanningController, CalendarController],
  providers: [PlanPost, ReadCalendar],
})
class SchedulingModule {}

export function create(config: Config): Promise<RunningService> {
  return createService({
    service: 'scheduling',
    natsUrl: config.NATS_URL,
    consumes: [postScheduled, publicationChanged],
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [SchedulingModule],
    http: { port: config.HEALTH_PORT, host: config.HEALTH_HOST },
    logger: createLogger('scheduling', config.LOG_LEVEL),
  })
}
