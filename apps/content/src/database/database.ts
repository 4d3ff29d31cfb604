import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { ApprovalPolicyRow } from '../approval/approval-policy.entity.ts'
import { AssetRow } from '../assets/asset.entity.ts'
import { UnsettledChangeRow } from '../changes/unsettled-change.entity.ts'
import { PostRow } from '../posts/post.entity.ts'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { RevisionRow } from '../posts/revision.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [
    ...busEntities,
    AssetRow,
    ApprovalPolicyRow,
    PostRow,
    PostPublicationRow,
    RevisionRow,
    UnsettledChangeRow,
  ],
  migrations,
}
