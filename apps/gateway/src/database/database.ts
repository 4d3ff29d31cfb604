import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { AuditEventRow } from '../audit/audit-event.entity.ts'
import { FeedEventRow } from '../feed/feed-event.entity.ts'
import { ApiKeyRow } from '../identity/api-keys/api-key.entity.ts'
import { MemberRow } from '../identity/members/member.entity.ts'
import { PersonRow } from '../identity/person.entity.ts'
import { SessionRow } from '../identity/sessions/session.entity.ts'
import { WorkspaceRow } from '../identity/workspaces/workspace.entity.ts'
import { PresenceRow } from '../presence/presence.entity.ts'
import { FailedLoginsRow } from '../throttles/failed-logins.entity.ts'
import { SpentRequestsRow } from '../throttles/spent-requests.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [
    ...busEntities,
    PersonRow,
    WorkspaceRow,
    MemberRow,
    SessionRow,
    ApiKeyRow,
    AuditEventRow,
    FeedEventRow,
    PresenceRow,
    SpentRequestsRow,
    FailedLoginsRow,
  ],
  migrations,
}
