import {
  type DatabaseParts,
  dataSourceOptions,
  ignoreIdleConnectionErrors,
  type Logger,
  nestLogger,
  type Service,
  withTimeout,
} from '@hamava/service-kit'
import { Module, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { TypeOrmModule } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { BusModule } from './bus.module.ts'
import { JetStreamServer } from './events/jetstream-server.ts'
import { type BusOptions, connectOptions } from './options.ts'
import { RequestServer } from './requests/request-server.ts'

export interface ServiceParts extends BusOptions {
  databaseUrl: string
  database: DatabaseParts
  poolSize?: number
  /** The service's feature modules. */
  modules: (Type | import('@nestjs/common').DynamicModule)[]
  /** Where HTTP is answered: health for all, everything for the gateway. Port 0 takes a free one. */
  http: { port: number; host: string }
  logger: Logger
  /** Anything else to do with the HTTP side before it listens. */
  configure?: (app: NestFastifyApplication) => Promise<void> | void
  adapter?: FastifyAdapter
}

/** A running service, with its parts within reach of tests. */
export interface RunningService extends Service {
  readonly app: NestFastifyApplication
  readonly url: string
}

/**
 * Puts a service together: its modules, its database, requests over Nest's NATS transport, events over
 * ours, health over HTTP. Starting does not wait for NATS longer than a moment.
 */
export async function createService(parts: ServiceParts): Promise<RunningService> {
  const app = await NestFactory.create<NestFastifyApplication>(
    serviceModule(parts),
    parts.adapter ?? new FastifyAdapter(),
    { logger: nestLogger(parts.logger), abortOnError: false, rawBody: true },
  )
  ignoreIdleConnectionErrors(app.get(DataSource))
  app.connectMicroservice<MicroserviceOptions>({ strategy: app.get(JetStreamServer) })
  app.connectMicroservice<MicroserviceOptions>({
    strategy: new RequestServer({
      ...connectOptions(parts.natsUrl, parts.service),
      queue: parts.service,
    }),
  })
  app.enableShutdownHooks([])
  await parts.configure?.(app)
  let url = ''
  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= app.close()
    return closing
  }
  return {
    app,
    get url() {
      return url
    },
    async start() {
      await startWire(app, parts.logger)
      await app.listen(parts.http.port, parts.http.host)
      url = await app.getUrl()
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A service as Nest sees it: its modules with the database and the wire that they ask for. */
export function serviceModule(parts: ServiceParts): Type {
  @Module({
    imports: [
      TypeOrmModule.forRoot({
        ...dataSourceOptions(parts.databaseUrl, parts.database, parts.poolSize ?? 20),
        retryAttempts: 30,
        retryDelay: 1_000,
      }),
      BusModule.forService(parts),
      ...parts.modules,
    ],
  })
  class ServiceModule {}
  return ServiceModule
}

/** NATS may be down at boot: then the service works without it and answers when it is back. */
async function startWire(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const started = app.startAllMicroservices()
  if (await withTimeout(5_000, started)) return
  logger.warn('NATS does not answer: going on without it until it does')
  started.catch((error) => logger.error({ err: error }, 'cannot listen on NATS'))
}
