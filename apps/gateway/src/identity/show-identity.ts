import type { ApiKey, Member, Workspace } from '@hamava/contracts'
import type { ApiKeyRow } from './api-keys/api-key.entity.ts'
import type { MemberRow } from './members/member.entity.ts'
import type { PersonRow } from './person.entity.ts'
import type { WorkspaceRow } from './workspaces/workspace.entity.ts'

export function showWorkspace({ createdAt, ...row }: WorkspaceRow): Workspace {
  return { ...row, createdAt: createdAt.toISOString() }
}

export function showMember(
  { personId: _person, createdAt, ...row }: MemberRow,
  person: PersonRow,
): Member {
  return { ...row, email: person.email, name: person.name, createdAt: createdAt.toISOString() }
}

export function showApiKey(row: ApiKeyRow): ApiKey {
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
