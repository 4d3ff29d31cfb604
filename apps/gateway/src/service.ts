import { existsSync } from 'node:fs'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import { createService, type RunningService, type ServiceParts } from '@hamava/bus'
import { largestBodyBytes } from '@hamava/contracts'
import {
  childTrace,
  createLogger,
  newTrace,
  openStorage,
  SecretBox,
  secretsOf,
} from '@hamava/service-kit'
import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { SwaggerModule } from '@nestjs/swagger'
import { AuditController } from './audit/audit.controller.ts'
import { AuditService } from './audit/audit.service.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { FeedController } from './feed/feed.controller.ts'
import { FeedService } from './feed/feed.service.ts'
import { feedRecorder } from './feed/feed-recorder.controller.ts'
import { feedTypes } from './feed/feed-types.ts'
import { LookForNews } from './feed/look-for-news.ts'
import { OpenStreams } from './feed/open-streams.ts'
import { StreamsController } from './feed/streams.controller.ts'
import { AllowedMethods } from './http/allowed-methods.ts'
import { answerOptions } from './http/answer-options.ts'
import { AuthGuard } from './http/auth.guard.ts'
import type { HamavaRequest } from './http/caller.ts'
import { EtagInterceptor } from './http/etag.interceptor.ts'
import { Forward } from './http/forward.ts'
import { frameworkRefusals } from './http/problems/framework-refusals.ts'
import { ProblemFilter } from './http/problems/problem.filter.ts'
import { readBodies } from './http/read-bodies.ts'
import { RefuseQuery } from './http/refuse-query.interceptor.ts'
import { SchemaPipe } from './http/schema.pipe.ts'
import { secureHeaders } from './http/security-headers.ts'
import { SignedCursors } from './http/signed-cursors.interceptor.ts'
import { ApiKeysController } from './identity/api-keys/api-keys.controller.ts'
import { ApiKeysService } from './identity/api-keys/api-keys.service.ts'
import { Authenticator } from './identity/authenticator.ts'
import { KnownChannels } from './identity/known-channels.ts'
import { MembersController } from './identity/members/members.controller.ts'
import { MembersService } from './identity/members/members.service.ts'
import { SessionsController } from './identity/sessions/sessions.controller.ts'
import { SessionsService } from './identity/sessions/sessions.service.ts'
import { WorkspacesController } from './identity/workspaces/workspaces.controller.ts'
import { WorkspacesService } from './identity/workspaces/workspaces.service.ts'
import { createDocument } from './openapi/document.ts'
import { ProblemsController } from './openapi/problems.controller.ts'
import { PresenceController } from './presence/presence.controller.ts'
import { PresenceService } from './presence/presence.service.ts'
import { ChannelsController } from './routes/channels.controller.ts'
import { ConversationsController } from './routes/conversations.controller.ts'
import { HoldsController } from './routes/holds.controller.ts'
import { HooksController } from './routes/hooks.controller.ts'
import { MetricsController } from './routes/metrics.controller.ts'
import { NetworksController } from './routes/networks.controller.ts'
import { OperationsController } from './routes/operations.controller.ts'
import { PostsController } from './routes/posts.controller.ts'
import { PublicationsController } from './routes/publications.controller.ts'
import { LoginDelays } from './throttles/login-delays.ts'
import { RateLimiter } from './throttles/rate-limiter.ts'
import { configToken, secretBoxToken, storageToken } from './tokens.ts'
import { AssetsController } from './uploads/assets.controller.ts'
import { serveWebApp } from './web/serve-web-app.ts'

/** The door: identity, the REST contract, uploads, live events, the web app. */
@Module({})
class GatewayModule {
  static of(config: Config): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        SessionsController,
        WorkspacesController,
        MembersController,
        ApiKeysController,
        AuditController,
        NetworksController,
        ChannelsController,
        AssetsController,
        PostsController,
        PublicationsController,
        HoldsController,
        ConversationsController,
        PresenceController,
        MetricsController,
        StreamsController,
        OperationsController,
        HooksController,
        FeedController,
        ProblemsController,
        feedRecorder(),
      ],
      providers: [
        { provide: configToken, useValue: config },
        { provide: secretBoxToken, useFactory: () => new SecretBox(secretsOf(config)) },
        { provide: storageToken, useFactory: () => openStorage(config.HAMAVA_STORAGE_URL) },
        { provide: APP_PIPE, useClass: SchemaPipe },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: RefuseQuery },
        { provide: APP_INTERCEPTOR, useClass: SignedCursors },
        { provide: APP_INTERCEPTOR, useClass: EtagInterceptor },
        AllowedMethods,
        Authenticator,
        RateLimiter,
        KnownChannels,
        LoginDelays,
        Forward,
        SessionsService,
        WorkspacesService,
        MembersService,
        ApiKeysService,
        AuditService,
        FeedService,
        OpenStreams,
        LookForNews,
        PresenceService,
      ],
    }
  }
}

export const create = (config: Config): Promise<RunningService> => createService(partsOf(config))

/** What the gateway consists of. */
export function partsOf(config: Config): ServiceParts {
  return {
    service: 'gateway',
    natsUrl: config.NATS_URL,
    consumes: feedTypes.map((type) => type.event),
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [GatewayModule.of(config)],
    http: { port: config.PORT, host: config.HOST },
    logger: createLogger('gateway', config.LOG_LEVEL),
    adapter: new FastifyAdapter({
      bodyLimit: largestBodyBytes,
      trustProxy: trusted(config.TRUST_PROXY),
      routerOptions: { maxParamLength: longestParameter },
      ...frameworkRefusals,
    }),
    configure: (app) => configure(app, config),
  }
}

/** Longer than any address can be: the schemas of parameters set their limits. */
const longestParameter = 20_000

/** `false` trusts no proxy. */
const trusted = (proxies: string): string | false => proxies.trim() || false

async function configure(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance()
  fastify.addHook('onRequest', async (request, reply) => {
    const parent = request.headers.traceparent
    const traceparent = typeof parent === 'string' ? childTrace(parent) : newTrace()
    ;(request as HamavaRequest).traceparent = traceparent
    reply.header('traceparent', traceparent)
  })
  secureHeaders(app, config.PUBLIC_URL)
  answerOptions(app)
  readBodies(app)
  await app.register(cookie)
  await app.register(multipart, {
    limits: { files: 1, fields: 10, fileSize: config.MAX_UPLOAD_BYTES },
  })
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    yamlDocumentUrl: 'v1/openapi.yaml',
    customSiteTitle: 'Hamava API',
  })
  if (config.WEB_DIR && existsSync(config.WEB_DIR)) await serveWebApp(app, config.WEB_DIR)
}
