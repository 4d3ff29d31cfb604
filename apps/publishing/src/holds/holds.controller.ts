import { OnRequest } from '@hamava/bus'
import {
  type CallContext,
  getHold,
  listHolds,
  type ParsedInputOf,
  placeHold,
  releaseHold,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { PlaceHold } from './place-hold.ts'
import { ReadHolds } from './read-holds.ts'
import { ReleaseHold } from './release-hold.ts'

@Controller()
export class HoldsController {
  constructor(
    private readonly placing: PlaceHold,
    private readonly releasing: ReleaseHold,
    private readonly reading: ReadHolds,
  ) {}

  @OnRequest(placeHold)
  place(input: ParsedInputOf<typeof placeHold>, call: CallContext) {
    return this.placing.place(call, input)
  }

  @OnRequest(releaseHold)
  release({ id }: ParsedInputOf<typeof releaseHold>, call: CallContext) {
    return this.releasing.release(call, id)
  }

  @OnRequest(getHold)
  get({ id }: ParsedInputOf<typeof getHold>, call: CallContext) {
    return this.reading.get(call, id)
  }

  @OnRequest(listHolds)
  list(query: ParsedInputOf<typeof listHolds>, call: CallContext) {
    return this.reading.list(call, query)
  }
}
