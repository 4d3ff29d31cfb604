import { type DynamicModule, Module } from '@nestjs/common'
import { Broadcasts } from './broadcasts.ts'
import { BusConnection } from './connection.ts'
import { DeadLettersService } from './events/dead-letters.service.ts'
import { EventProcessor } from './events/event-processor.ts'
import { eventsController } from './events/events.controller.ts'
import { JetStreamServer } from './events/jetstream-server.ts'
import { OutboxRelay } from './events/outbox-relay.ts'
import { ReadOutboxStatus } from './events/read-outbox-status.ts'
import { Transactions } from './events/transactions.ts'
import { HealthController } from './health.controller.ts'
import { Metrics, MetricsController } from './metrics.ts'
import { type BusOptions, busOptionsToken } from './options.ts'
import { ChannelCredentials } from './requests/channel-credentials.ts'
import { RequestClient } from './requests/request-client.ts'
import { WakeUps } from './wake-ups.ts'

/** Global module with all that a service needs for NATS: events, requests, health and metrics. */
@Module({})
export class BusModule {
  static forService(options: BusOptions): DynamicModule {
    return {
      module: BusModule,
      global: true,
      controllers: [eventsController(options.service), HealthController, MetricsController],
      providers: [
        { provide: busOptionsToken, useValue: options },
        BusConnection,
        OutboxRelay,
        ReadOutboxStatus,
        Metrics,
        Transactions,
        EventProcessor,
        JetStreamServer,
        DeadLettersService,
        RequestClient,
        ChannelCredentials,
        WakeUps,
        Broadcasts,
      ],
      exports: [
        BusConnection,
        Transactions,
        RequestClient,
        ChannelCredentials,
        WakeUps,
        Broadcasts,
        JetStreamServer,
        DeadLettersService,
        ReadOutboxStatus,
        Metrics,
      ],
    }
  }
}
