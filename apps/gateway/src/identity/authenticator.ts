import { type CallContext, type Permission, permissionsFor } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ApiKeyRow } from './api-keys/api-key.entity.ts'
import { bothOf } from './current-rights.ts'
import { findKeyHolder, findSessionHolder } from './find-holder.ts'
import { hashSecret } from './secrets.ts'

/** Somebody whose credentials were good. */
export interface Identity {
  call: CallContext
  permissions: ReadonlySet<Permission>
  personId: string
  csrfToken: string | null
  /** When the key or the session ends by itself. */
  expiresAt: Date | null
}

const lastUsedEveryMs = 60_000

/** Finds out who stands behind a token. Throws `unauthenticated` for every kind of bad one. */
@Injectable()
export class Authenticator {
  constructor(private readonly dataSource: DataSource) {}

  byBearer(token: string): Promise<Identity> {
    return token.startsWith('hmv_') ? this.byApiKey(token) : this.bySession(token)
  }

  async bySession(token: string): Promise<Identity> {
    const found = await findSessionHolder(this.dataSource.manager, hashSecret(token))
    if (!found) throw new AppError('unauthenticated')
    const { workspaceId, memberId, sessionId, memberChannelIds, personId } = found
    return {
      call: {
        workspaceId,
        actor: { memberId, via: 'session', viaId: sessionId },
        channelIds: memberChannelIds,
      },
      permissions: new Set(permissionsFor(found.role, found.isOperator)),
      personId,
      csrfToken: found.csrfToken,
      expiresAt: found.expiresAt,
    }
  }

  /** A key has what its scopes say, and never more than its owner has today, as a member and as an operator. */
  private async byApiKey(token: string): Promise<Identity> {
    const found = await findKeyHolder(this.dataSource.manager, hashSecret(token))
    if (!found) throw new AppError('unauthenticated')
    const { keyWorkspaceId, memberId, keyId, keyChannelIds, memberChannelIds, personId } = found
    if ((found.lastUsedAt?.getTime() ?? 0) < Date.now() - lastUsedEveryMs) {
      await this.dataSource
        .getRepository(ApiKeyRow)
        .update({ id: keyId }, { lastUsedAt: new Date() })
    }
    const owned = permissionsFor(found.role, found.isOperator)
    return {
      call: {
        workspaceId: keyWorkspaceId,
        actor: { memberId, via: 'api_key', viaId: keyId },
        channelIds: bothOf(keyChannelIds, memberChannelIds),
      },
      permissions: new Set(found.scopes.filter((scope) => owned.includes(scope))),
      personId,
      csrfToken: null,
      expiresAt: found.expiresAt,
    }
  }
}
