import type { ApiKey, CallContext, Member, Workspace } from '@hamava/contracts'
import { knownTo } from '@hamava/service-kit'
import type { ApiKeyRow } from './api-keys/api-key.entity.ts'
import type { MemberRow } from './members/member.entity.ts'
import type { PersonRow } from './person.entity.ts'
import type { WorkspaceRow } from './workspaces/workspace.entity.ts'

export function toWorkspace({ createdAt, ...row }: WorkspaceRow): Workspace {
  return { ...row, createdAt: createdAt.toISOString() }
}

export function toMember(
  { personId: _person, createdAt, ...row }: MemberRow,
  person: PersonRow,
): Member {
  return { ...row, email: person.email, name: person.name, createdAt: createdAt.toISOString() }
}

/** Shows only those of a member's channels that are the caller's. */
export const shownTo = (call: CallContext, member: Member): Member => ({
  ...member,
  channelIds: member.channelIds && knownTo(call, member.channelIds),
})

export function toApiKey(row: ApiKeyRow): ApiKey {
  const { id, name, department, prefix, scopes, channelIds, ownerId } = row
  return {
    id,
    name,
    department,
    prefix,
    scopes,
    channelIds,
    ownerId,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  }
}
