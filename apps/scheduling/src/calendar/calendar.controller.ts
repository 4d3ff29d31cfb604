import { type EventOf, OnEvents, OnRequest, type SharedTx } from '@hamava/bus'
import {
  type CallContext,
  listCalendar,
  type ParsedInputOf,
  publicationChanged,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { projectPublications } from './project-publications.ts'
import { ReadCalendar } from './read-calendar.ts'

@Controller()
export class CalendarController {
  constructor(private readonly calendar: ReadCalendar) {}

  @OnRequest(listCalendar)
  list(query: ParsedInputOf<typeof listCalendar>, call: CallContext) {
    return this.calendar.list(call, query)
  }

  /** Publishing keeps the appointments; the calendar shows what became of them. */
  @OnEvents(publicationChanged)
  async note(events: EventOf<typeof publicationChanged>[], tx: SharedTx): Promise<void> {
    await projectPublications(
      tx,
      events.map(({ body }) => body.after),
    )
  }
}
