import type { Permission, Role } from '@hamava/contracts'
import { prepared } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'

/** A member, as every request needs to know them. */
interface Holder {
  memberId: string
  personId: string
  role: Role
  isOperator: boolean
  workspaceId: string
  /** The only channels this member may touch; null means all. */
  memberChannelIds: string[] | null
}

export interface KeyHolder extends Holder {
  keyId: string
  scopes: Permission[]
  keyChannelIds: string[] | null
  keyWorkspaceId: string
  lastUsedAt: Date | null
  expiresAt: Date | null
}

export interface SessionHolder extends Holder {
  sessionId: string
  csrfToken: string
  expiresAt: Date
}

const holder = `m.id as "memberId", m.person_id as "personId", m.role, m.workspace_id as "workspaceId",
  m.channel_ids as "memberChannelIds", person.is_operator as "isOperator"`

/** Who stands behind a key that is good; every request asks this, so it is one statement without entities. */
export async function findKeyHolder(
  manager: EntityManager,
  secretHash: string,
): Promise<KeyHolder | undefined> {
  const [found] = await prepared<KeyHolder>(
    manager,
    `select ${holder}, k.id as "keyId", k.scopes, k.channel_ids as "keyChannelIds",
       k.workspace_id as "keyWorkspaceId", k.last_used_at as "lastUsedAt",
       k.expires_at as "expiresAt"
     from api_keys k join members m on m.id = k.owner_id join people person on person.id = m.person_id
     where k.secret_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at >= now())`,
    [secretHash],
  )
  return found
}

/** Who is logged in by a token. */
export async function findSessionHolder(
  manager: EntityManager,
  tokenHash: string,
): Promise<SessionHolder | undefined> {
  const [found] = await prepared<SessionHolder>(
    manager,
    `select ${holder}, s.id as "sessionId", s.csrf_token as "csrfToken",
       s.expires_at as "expiresAt"
     from sessions s join members m on m.id = s.member_id join people person on person.id = m.person_id
     where s.token_hash = $1 and s.expires_at >= now()`,
    [tokenHash],
  )
  return found
}
