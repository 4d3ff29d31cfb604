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
import { ApplyLostAccess } from './channels/apply-lost-access.ts'
import { ChannelAccess } from './channels/channel-access.ts'
import { ChannelsController } from './channels/channels.controller.ts'
import { ConnectChannel } from './channels/connect-channel.ts'
import { GrantAccess } from './channels/grant-access.ts'
import { MarkMailboxes } from './channels/mark-mailboxes.ts'
import { OAuth } from './channels/oauth.ts'
import { ReadChannels } from './channels/read-channels.ts'
import { ReadServers } from './channels/read-servers.ts'
import { RecordReading } from './channels/record-reading.ts'
import { RefreshAhead } from './channels/refresh-ahead.ts'
import { RemoveChannel } from './channels/remove-channel.ts'
import { RevokeAccess } from './channels/revoke-access.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { WriteIntents } from './dispatch/claim/write-intents.ts'
import { Dispatcher } from './dispatch/dispatcher.ts'
import { ReplicaPresence } from './dispatch/in-doubt/replica-presence.ts'
import { ResolveInDoubt } from './dispatch/in-doubt/resolve-in-doubt.ts'
import { MarkMissed } from './dispatch/mark-missed.ts'
import { ReportStuck } from './dispatch/report-stuck.ts'
import { PrepareAhead } from './dispatch/send/prepare-ahead.ts'
import { SendPart } from './dispatch/send/send-part.ts'
import { OutcomeQueue } from './dispatch/settle/outcome-queue.ts'
import { OutcomeWriter } from './dispatch/settle/outcome-writer.ts'
import { Sweeper } from './dispatch/sweeper.ts'
import { requestTimeoutMs } from './dispatch/timing.ts'
import { ExportEvidence } from './evidence/export-evidence.ts'
import { ExpireHolds } from './holds/expire-holds.ts'
import { HoldDuePublications } from './holds/hold-due-publications.ts'
import { HoldsController } from './holds/holds.controller.ts'
import { PlaceHold } from './holds/place-hold.ts'
import { ReadHolds } from './holds/read-holds.ts'
import { ReleaseHold } from './holds/release-hold.ts'
import { DispatchSignal } from './lanes/dispatch-signal.ts'
import { ChangePublications } from './planning/change-publications.ts'
import { MessagesController } from './planning/messages.controller.ts'
import { PlanPublications } from './planning/plan-publications.ts'
import { PublicationsController } from './planning/publications.controller.ts'
import { RecoverPublication } from './planning/recover-publication.ts'
import { ReschedulePublications } from './planning/reschedule-publications.ts'
import { LatePolicyController } from './policy/late-policy.controller.ts'
import { LatePolicyService } from './policy/late-policy.service.ts'
import { CountAttention } from './publications/count-attention.ts'
import { ReadPublications } from './publications/read-publications.ts'
import { ReconcileLedger } from './reconciliation/reconcile-ledger.ts'
import { ReconciliationController } from './reconciliation/reconciliation.controller.ts'
import { CheckRisks } from './risks/check-risks.ts'
import { ReadStatus } from './status/read-status.ts'
import { StatusController } from './status/status.controller.ts'
import { configToken, secretBoxToken, storageToken, toolsToken } from './tokens.ts'
import { DiscardUploads } from './uploads/discard-uploads.ts'

/** Channels, publications, attempts: where posts go, and whether they went out. */
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
        GrantAccess,
        ApplyLostAccess,
        RecordReading,
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
        ExpireHolds,
        HoldDuePublications,
        WriteIntents,
        OutcomeWriter,
        OutcomeQueue,
        ResolveInDoubt,
        PrepareAhead,
        DiscardUploads,
        ReplicaPresence,
        MarkMissed,
        ReportStuck,
        CheckRisks,
        Sweeper,
        DispatchSignal,
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
