import { createService, type RunningService } from '@hamava/bus'
import { messageSubmitted, publicationPlanned } from '@hamava/contracts'
import type { Tools } from '@hamava/networks'
import {
  createLogger,
  createOutbound,
  openStorage,
  SecretBox,
  secretsOf,
} from '@hamava/service-kit'
import { type DynamicModule, Module } from '@nestjs/common'
import { ChannelAccess } from './channels/channel-access.ts'
import { ChannelsController } from './channels/channels.controller.ts'
import { ConnectChannel } from './channels/connect-channel.ts'
import { HearOfLostAccess } from './channels/hear-of-lost-access.ts'
import { LendAccess } from './channels/lend-access.ts'
import { MarkMailboxes } from './channels/mark-mailboxes.ts'
import { NoteReading } from './channels/note-reading.ts'
import { OAuth } from './channels/oauth.ts'
import { ReadChannels } from './channels/read-channels.ts'
import { ReadServers } from './channels/read-servers.ts'
import { RefreshAhead } from './channels/refresh-ahead.ts'
import { RemoveChannel } from './channels/remove-channel.ts'
import { RevokeAccess } from './channels/revoke-access.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { Dispatcher } from './dispatch/dispatcher.ts'
import { MarkMissed } from './dispatch/mark-missed.ts'
import { PrepareAhead } from './dispatch/prepare-ahead.ts'
import { Reconciler } from './dispatch/reconciler.ts'
import { ReplicaPresence } from './dispatch/replica-presence.ts'
import { SendPart } from './dispatch/send-part.ts'
import { Settle } from './dispatch/settle.ts'
import { SettleBatch } from './dispatch/settle-batch.ts'
import { Sweeper } from './dispatch/sweeper.ts'
import { TellOfStuck } from './dispatch/tell-of-stuck.ts'
import { requestTimeoutMs } from './dispatch/timing.ts'
import { Wakening } from './dispatch/wakening.ts'
import { WriteIntents } from './dispatch/write-intents.ts'
import { ExportEvidence } from './evidence/export-evidence.ts'
import { EndHolds } from './holds/end-holds.ts'
import { HoldWhatIsDue } from './holds/hold-what-is-due.ts'
import { HoldsController } from './holds/holds.controller.ts'
import { PlaceHold } from './holds/place-hold.ts'
import { ReadHolds } from './holds/read-holds.ts'
import { ReleaseHold } from './holds/release-hold.ts'
import { LatePolicyController } from './policy/late-policy.controller.ts'
import { LatePolicyService } from './policy/late-policy.service.ts'
import { ChangePublications } from './publications/change-publications.ts'
import { CountAttention } from './publications/count-attention.ts'
import { MessagesController } from './publications/messages.controller.ts'
import { PlanPublications } from './publications/plan-publications.ts'
import { PublicationsController } from './publications/publications.controller.ts'
import { ReadPublications } from './publications/read-publications.ts'
import { RecoverPublication } from './publications/recover-publication.ts'
import { ReschedulePublications } from './publications/reschedule-publications.ts'
import { ReconcileLedger } from './reconciliation/reconcile-ledger.ts'
import { ReconciliationController } from './reconciliation/reconciliation.controller.ts'
import { CheckRisks } from './risks/check-risks.ts'
import { ReadStatus } from './status/read-status.ts'
import { StatusController } from './status/status.controller.ts'
import { configToken, secretBoxToken, storageToken, toolsToken } from './tokens.ts'
import { DiscardUploads } from './uploads/discard-uploads.ts'

/** Channels, publications, attempts: to whom it goes, and whether it went. */
@Module({})
class PublishingModule {
  static of(config: Config): DynamicModule {
    const tools: Tools = {
      send: createOutbound(config.HAMAVA_OUTBOUND_ALLOW, requestTimeoutMs(config)),
      now: () => new Date(),
    }
    return {
      module: PublishingModule,
      controllers: [
        ChannelsController,
        PublicationsController,
        MessagesController,
        HoldsController,
        LatePolicyController,
        StatusController,
        ReconciliationController,
      ],
      providers: [
        { provide: configToken, useValue: config },
        {
          provide: secretBoxToken,
          useValue: new SecretBox(secretsOf(config)),
        },
        { provide: toolsToken, useValue: tools },
        { provide: storageToken, useFactory: () => openStorage(config.HAMAVA_STORAGE_URL) },
        ChannelAccess,
        ConnectChannel,
        OAuth,
        ReadChannels,
        RemoveChannel,
        LendAccess,
        HearOfLostAccess,
        NoteReading,
        RevokeAccess,
        MarkMailboxes,
        RefreshAhead,
        ReadServers,
        PlanPublications,
        ChangePublications,
        CountAttention,
        ReadPublications,
        RecoverPublication,
        ReschedulePublications,
        ExportEvidence,
        LatePolicyService,
        ReadStatus,
        ReconcileLedger,
        SendPart,
        PlaceHold,
        ReleaseHold,
        ReadHolds,
        EndHolds,
        HoldWhatIsDue,
        WriteIntents,
        SettleBatch,
        Settle,
        Reconciler,
        PrepareAhead,
        DiscardUploads,
        ReplicaPresence,
        MarkMissed,
        TellOfStuck,
        CheckRisks,
        Sweeper,
        Wakening,
        Dispatcher,
      ],
    }
  }
}

export function create(config: Config): Promise<RunningService> {
  return createService({
    service: 'publishing',
    natsUrl: config.NATS_URL,
    consumes: [publicationPlanned, messageSubmitted],
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [PublishingModule.of(config)],
    http: { port: config.HEALTH_PORT, host: config.HEALTH_HOST },
    logger: createLogger('publishing', config.LOG_LEVEL),
  })
}
