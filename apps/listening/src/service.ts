import { createService, type RunningService } from '@hamava/bus'
import { channelChanged, publicationChanged, publicationPublished } from '@hamava/contracts'
import type { Tools } from '@hamava/networks'
import { createLogger, createOutbound } from '@hamava/service-kit'
import { type DynamicModule, Module } from '@nestjs/common'
import type { Config } from './config.ts'
import { AnswerConversation } from './conversations/answer-conversation.ts'
import { ConversationsController } from './conversations/conversations.controller.ts'
import { DropAnswer } from './conversations/drop-answer.ts'
import { EditConversation } from './conversations/edit-conversation.ts'
import { ReadConversations } from './conversations/read-conversations.ts'
import { database } from './database/database.ts'
import { PublicationsController } from './publications/publications.controller.ts'
import { Poller } from './sources/poller.ts'
import { ReadSource } from './sources/read-source.ts'
import { ReportTrouble } from './sources/report-trouble.ts'
import { SourcesController } from './sources/sources.controller.ts'
import { configToken, toolsToken } from './tokens.ts'
import { ReceiveWebhook } from './webhooks/receive-webhook.ts'
import { RegisterWebhook } from './webhooks/register-webhook.ts'
import { WebhooksController } from './webhooks/webhooks.controller.ts'

/** What comes back: sources, conversations, messages. */
@Module({})
class ListeningModule {
  static of(config: Config): DynamicModule {
    const tools: Tools = {
      send: createOutbound(config.HAMAVA_OUTBOUND_ALLOW),
      now: () => new Date(),
    }
    return {
      module: ListeningModule,
      controllers: [
        SourcesController,
        PublicationsController,
        ConversationsController,
        WebhooksController,
      ],
      providers: [
        { provide: configToken, useValue: config },
        { provide: toolsToken, useValue: tools },
        RegisterWebhook,
        ReadSource,
        ReportTrouble,
        Poller,
        ReceiveWebhook,
        ReadConversations,
        EditConversation,
        AnswerConversation,
        DropAnswer,
      ],
    }
  }
}

export function create(config: Config): Promise<RunningService> {
  return createService({
    service: 'listening',
    natsUrl: config.NATS_URL,
    consumes: [channelChanged, publicationPublished, publicationChanged],
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [ListeningModule.of(config)],
    http: { port: config.HEALTH_PORT, host: config.HEALTH_HOST },
    logger: createLogger('listening', config.LOG_LEVEL),
  })
}
