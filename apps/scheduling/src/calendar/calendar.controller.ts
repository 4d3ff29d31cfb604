import { type EventContext, OnEvent, OnRequest } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  listCalendar,
  type ParsedInputOf,
  publicationChanged,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ReadCalendar } from './read-calendar.ts'

@Controller()
export class CalendarController {
  constructor(private readonly calendar: ReadCalendar) {}

  @OnRequest(listCalendar)
  list(query: ParsedInputOf<typeof listCalendar>, call: CallContext) {
    return this.calendar.list(call, query)
  }

  /** Publishing keeps the appointments; the calendar shows what became of them. */
  @OnEvent(publicationChanged)
  async note({ after }: BodyOf<typeof publicationChanged>, { tx }: EventContext): Promise<void> {
    await tx.manager.query(
      `update calendar_entries
       set state = $2, revision = $3, due_at = $4,
           local = case when due_at = $4 then local
             else to_char($4::timestamptz at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS') end
       where publication_id = $1 and revision < $3`,
      [after.id, after.state, after.revision, after.dueAt],
    )
  }
}
