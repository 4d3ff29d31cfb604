import { type CallContext, type Permission, permissionsOf } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ApiKeyRow } from './api-keys/api-key.entity.ts'
import { MemberRow } from './members/member.entity.ts'
import { hashSecret } from './secrets.ts'
import { SessionRow } from './sessions/session.entity.ts'

/** Somebody whose credentials were good. */
export interface Identity {
  call: CallContext
  permissions: ReadonlySet<Permission>
  personId: string
  csrfToken: string | null
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
    const session = await this.dataSource
      .getRepository(SessionRow)
      .findOneBy({ tokenHash: hashSecret(token) })
    if (!session || session.expiresAt < new Date()) throw new AppError('unauthenticated')
    const member = await this.member(session.memberId)
    return {
      call: {
        workspaceId: member.workspaceId,
        actor: { memberId: member.id, via: 'session', viaId: session.id },
        channelIds: member.channelIds,
      },
      permissions: new Set(permissionsOf[member.role]),
      personId: member.personId,
      csrfToken: session.csrfToken,
    }
  }

  /** A key has what its scopes say, and never more than its owner has today. */
  private async byApiKey(token: string): Promise<Identity> {
    const keys = this.dataSource.getRepository(ApiKeyRow)
    const key = await keys.findOneBy({ secretHash: hashSecret(token) })
    const isOver = key && (key.revokedAt || (key.expiresAt && key.expiresAt < new Date()))
    if (!key || isOver) throw new AppError('unauthenticated')
    const owner = await this.member(key.ownerId)
    if ((key.lastUsedAt?.getTime() ?? 0) < Date.now() - lastUsedEveryMs) {
      await keys.update({ id: key.id }, { lastUsedAt: new Date() })
    }
    const owned = permissionsOf[owner.role]
    return {
      call: {
        workspaceId: key.workspaceId,
        actor: { memberId: owner.id, via: 'api_key', viaId: key.id },
        channelIds: both(key.channelIds, owner.channelIds),
      },
      permissions: new Set(key.scopes.filter((scope) => owned.includes(scope))),
      personId: owner.personId,
      csrfToken: null,
    }
  }

  private async member(id: string): Promise<MemberRow> {
    const member = await this.dataSource.getRepository(MemberRow).findOneBy({ id })
    if (!member) throw new AppError('unauthenticated')
    return member
  }
}

/** The channels that both lists allow; null stands for all. */
function both(a: string[] | null, b: string[] | null): string[] | null {
  if (!a || !b) return a ?? b
  return a.filter((id) => b.includes(id))
}
