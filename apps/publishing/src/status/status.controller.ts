import { Metrics, OnRequest } from '@hamava/bus'
import { getPublishingStatus } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { gaugesOf } from './gauges-of.ts'
import { ReadStatus } from './read-status.ts'

@Controller()
export class StatusController {
  constructor(
    private readonly status: ReadStatus,
    metrics: Metrics,
  ) {
    metrics.add('hamava_publishing', async () => gaugesOf(await this.status.read()))
  }

  @OnRequest(getPublishingStatus)
  get() {
    return this.status.read()
  }
}
