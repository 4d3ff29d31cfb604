import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, VersionsRead, Workspace, workspaceInput } from '@hamava/contracts'
import { everyChannel, expectVersion, newId, refuseForeign } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import type { Caller } from '../../http/caller.ts'
import { MemberRow } from '../members/member.entity.ts'
import { toWorkspace } from '../to-identity.ts'
import { WorkspaceRow } from './workspace.entity.ts'

type Input = z.output<typeof workspaceInput>

@Injectable()
export class WorkspacesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  async get({ workspaceId: id }: CallContext): Promise<Workspace> {
    return toWorkspace(await this.dataSource.getRepository(WorkspaceRow).findOneByOrFail({ id }))
  }

  /** A new brand; whoever makes it owns it. */
  create(caller: Caller, input: Input): Promise<Workspace> {
    return this.transactions.run((tx) => insertWorkspace(tx, caller.personId, input))
  }

  /** Throws `channel_forbidden` for who is kept to some channels: its zone is that of all. */
  async edit(call: CallContext, versions: VersionsRead, input: Input): Promise<Workspace> {
    refuseForeign(call, [everyChannel])
    return this.transactions.run(async (tx) => {
      const id = call.workspaceId
      const row = await tx.manager.findOneOrFail(WorkspaceRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      })
      expectVersion(versions, row.version)
      const before = toWorkspace(row)
      Object.assign(row, input, { version: row.version + 1 })
      const after = toWorkspace(await tx.manager.save(row))
      const subject = { kind: 'workspace', id }
      await audit(tx, call, {
        action: 'workspace.edited',
        subject,
        channelIds: null,
        before,
        after,
      })
      return after
    })
  }
}

/**
 * Also used by the set-up. Its first audit entry names the new member, as whoever reads it knows
 * nothing of the workspace from which it was made.
 */
export async function insertWorkspace(
  tx: Pick<Tx, 'manager'>,
  personId: string,
  input: Input,
): Promise<Workspace> {
  const id = newId('workspace')
  await tx.manager.insert(WorkspaceRow, { id, ...input, version: 1 })
  const member = { id: newId('member'), workspaceId: id, personId, role: 'owner' as const }
  await tx.manager.insert(MemberRow, { ...member, channelIds: null, version: 1 })
  const after = toWorkspace(await tx.manager.findOneByOrFail(WorkspaceRow, { id }))
  const subject = { kind: 'workspace', id }
  const actor = { memberId: member.id, via: 'system' as const, viaId: 'workspace' }
  const call = { workspaceId: id, actor, channelIds: null }
  await audit(tx, call, {
    action: 'workspace.created',
    subject,
    channelIds: null,
    before: null,
    after,
  })
  return after
}
