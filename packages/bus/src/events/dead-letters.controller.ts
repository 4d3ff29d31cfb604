import {
  listDeadLetters,
  type Owner,
  type ParsedInputOf,
  replayDeadLetter,
} from '@hamava/contracts'
import { Controller, type Type } from '@nestjs/common'
import { OnRequest } from '../requests/on-request.ts'
import { DeadLettersService } from './dead-letters.service.ts'

/** The two requests that every service answers about its dead letters, under its own name. */
export function deadLettersController(service: Owner): Type {
  const list = listDeadLetters(service)
  const replay = replayDeadLetter(service)

  @Controller()
  class DeadLettersController {
    constructor(private readonly letters: DeadLettersService) {}

    @OnRequest(list)
    list(query: ParsedInputOf<typeof list>) {
      return this.letters.list(query)
    }

    @OnRequest(replay)
    replay({ id }: ParsedInputOf<typeof replay>) {
      return this.letters.replay(id)
    }
  }
  return DeadLettersController
}
