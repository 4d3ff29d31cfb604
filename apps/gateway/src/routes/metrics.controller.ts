import { listMetrics, metricQuery, metricSeries, pageOf } from '@hamava/contracts'
import { Controller, Get, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'

const metricPage = pageOf(metricSeries).meta({ id: 'MetricPage' })

@ApiTags('Metrics')
@Controller('v1/metrics')
export class MetricsController {
  constructor(private readonly forward: Forward) {}

  @Get()
  @Route({
    summary: 'Readings of posts and channels over time',
    operationId: 'listMetrics',
    needs: 'metrics:read',
    ok: metricPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: metricQuery }) query: z.output<typeof metricQuery>,
  ) {
    return this.forward.to(listMetrics, caller, query)
  }
}
