import { OnRequest } from '@hamava/bus'
import { type CallContext, listMetrics, type ParsedInputOf } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ReadMetrics } from './read-metrics.ts'

@Controller()
export class MetricsController {
  constructor(private readonly metrics: ReadMetrics) {}

  @OnRequest(listMetrics)
  list(query: ParsedInputOf<typeof listMetrics>, call: CallContext) {
    return this.metrics.list(call, query)
  }
}
