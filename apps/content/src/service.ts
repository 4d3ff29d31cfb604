import { createService, type RunningService } from '@hamava/bus'
import { publicationChanged } from '@hamava/contracts'
import { createLogger } from '@hamava/service-kit'
import { Module } from '@nestjs/common'
import { ApprovalPolicyController } from './approval/approval-policy.controller.ts'
import { ApprovalPolicyService } from './approval/approval-policy.service.ts'
import { AssetsController } from './assets/assets.controller.ts'
import { AssetsService } from './assets/assets.service.ts'
import { AskPublishing } from './changes/ask-publishing.ts'
import { CarryOutChange } from './changes/carry-out-change.ts'
import { ChangePost } from './changes/change-post.ts'
import { SettleChanges } from './changes/settle-changes.ts'
import type { Config } from './config.ts'
import { database } from './database/database.ts'
import { CreatePost } from './posts/create-post.ts'
import { DeletePost } from './posts/delete-post.ts'
import { PostReferences } from './posts/post-references.ts'
import { PostsController } from './posts/posts.controller.ts'
import { ReadPosts } from './posts/read-posts.ts'
import { ReviewPost } from './posts/review-post.ts'
import { ValidatePost } from './posts/validate-post.ts'
import { FindMissing } from './promises/find-missing.ts'
import { PlanAgain } from './promises/plan-again.ts'
import { PromisesController } from './promises/promises.controller.ts'
import { ReadPromises } from './promises/read-promises.ts'
import { ReschedulePromises } from './promises/reschedule-promises.ts'

/** What is said: posts with their variants and revisions, assets, approval. */
@Module({
  controllers: [PostsController, AssetsController, ApprovalPolicyController, PromisesController],
  providers: [
    AssetsService,
    ApprovalPolicyService,
    PostReferences,
    CreatePost,
    ReadPosts,
    AskPublishing,
    CarryOutChange,
    ChangePost,
    SettleChanges,
    ReviewPost,
    DeletePost,
    ValidatePost,
    ReadPromises,
    PlanAgain,
    ReschedulePromises,
    FindMissing,
  ],
})
class ContentModule {}

export function create(config: Config): Promise<RunningService> {
  return createService({
    service: 'content',
    natsUrl: config.NATS_URL,
    consumes: [publicationChanged],
    databaseUrl: config.DATABASE_URL,
    database,
    modules: [ContentModule],
    http: { port: config.HEALTH_PORT, host: config.HEALTH_HOST },
    logger: createLogger('content', config.LOG_LEVEL),
  })
}
