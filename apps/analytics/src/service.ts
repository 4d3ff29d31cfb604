import { createService, type RunningService } from '@hamava/bus'
import { channelChanged, publicationPublished } from '@hamava/contracts'
import type { Tools } from '@hamava/networks'
import { createLogger, createOutbound } from '@hamava/service-kit'
import { type DynamicModule, Module } from '@nestjs/common'
import { CollectChannel } from './collection/collect-channel.ts'
import { Collector } from './collection/collector.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { MetricsController } from './metrics/metrics.controller.ts'
import { ReadMetrics } from './metrics/read-metrics.ts'
import { SubjectsController } from './subjects/subjects.controller.ts'
import { configToken, toolsToken } from './tokens.ts'

/** How it did: the numbers of posts and channels over time. */
@Module({})
class AnalyticsModule {
  static of(config: Config): DynamicModule {
    const tools: Tools = {
      send: createOutbound(config.HAMAVA_OUTBOUND_ALLOW),
      now: () => new Date(),
    }
    return {
      module: AnalyticsModule,
      controllers: [SubjectsController, MetricsController],
      providers: [
        { provide: configToken, useValue: config },
        { provide: toolsToken, useValue: tools },
        CollectChannel,
        Collector,
        ReadMetrics,
      ],
    }
  }
}

export function create(config: Config): Promise<RunningService> {
  return createService({
    service: 'analytics',
    natsUrl: config.NATS_URL,
    consumes: [channelChanged, publicationPublished],
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [AnalyticsModule.of(config)],
    http: { port: config.HEALTH_PORT, host: config.HEALTH_HOST },
    logger: createLogger('analytics', config.LOG_LEVEL),
  })
}
