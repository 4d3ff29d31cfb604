import { OnRequest } from '@hamava/bus'
import { getPublishingStatus } from '@hamava/contracts'
import { Controller, Get, Header } from '@nestjs/common'
import { metricsText } from './metrics-text.ts'
import { ReadStatus } from './read-status.ts'

@Controller()
export class StatusController {
  constructor(private readonly status: ReadStatus) {}

  @OnRequest(getPublishingStatus)
  get() {
    return this.status.read()
  }

  /** For Prometheus, on the port of the health checks. */
  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  async metrics() {
    return metricsText(await this.status.read())
  }
}
