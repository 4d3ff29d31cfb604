import {
  getOutboxStatus,
  listDeadLetters,
  type Owner,
  type ParsedInputOf,
  replayDeadLetter,
} from '@hamava/contracts'
import { Controller, type Type } from '@nestjs/common'
import { OnRequest } from '../requests/on-request.ts'
import { DeadLettersService } from './dead-letters.service.ts'
import { ReadOutboxStatus } from './read-outbox-status.ts'

/** The requests that every service answers about its events, under its own name. */
export function eventsController(service: Owner): Type {
  const list = listDeadLetters(service)
  const replay = replayDeadLetter(service)
  const status = getOutboxStatus(service)

  @Controller()
  class EventsController {
    constructor(
      private readonly letters: DeadLettersService,
      private readonly outbox: ReadOutboxStatus,
    ) {}

    @OnRequest(list)
    list(query: ParsedInputOf<typeof list>) {
      return this.letters.list(query)
    }

    @OnRequest(replay)
    replay({ id }: ParsedInputOf<typeof replay>) {
      return this.letters.replay(id)
    }

    @OnRequest(status)
    status() {
      return this.outbox.read()
    }
  }
  return EventsController
}
