import { Metrics, OnRequest } from '@hamava/bus'
import {
  type CallContext,
  countMissingPublications,
  getContentStatus,
  getPromisedPublication,
  listMissingPublications,
  type ParsedInputOf,
  reschedulePromisedPublications,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ReadPromises } from './read-promises.ts'
import { ReschedulePromises } from './reschedule-promises.ts'

@Controller()
export class PromisesController {
  constructor(
    private readonly promises: ReadPromises,
    private readonly rescheduling: ReschedulePromises,
    metrics: Metrics,
  ) {
    metrics.add('hamava_content', async () => {
      const { missing, oldestMissingSeconds } = await this.promises.status()
      return [
        ['missing', 'Publications that are due and unknown to publishing', missing],
        ['missing_oldest_seconds', 'How long the oldest of them is due', oldestMissingSeconds],
      ]
    })
  }

  @OnRequest(getPromisedPublication)
  get({ id }: ParsedInputOf<typeof getPromisedPublication>, call: CallContext) {
    return this.promises.get(call, id)
  }

  @OnRequest(listMissingPublications)
  listMissing(query: ParsedInputOf<typeof listMissingPublications>, call: CallContext) {
    return this.promises.listMissing(call, query)
  }

  @OnRequest(countMissingPublications)
  countMissing(_nothing: ParsedInputOf<typeof countMissingPublications>, call: CallContext) {
    return this.promises.countMissing(call)
  }

  @OnRequest(reschedulePromisedPublications)
  reschedule(input: ParsedInputOf<typeof reschedulePromisedPublications>, call: CallContext) {
    return this.rescheduling.reschedule(call, input)
  }

  @OnRequest(getContentStatus)
  status() {
    return this.promises.status()
  }
}
