import { Transactions, type Tx } from '@hamava/bus'
import type { CallContext, Workspace, workspaceInput } from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import type { Caller } from '../../http/caller.ts'
import { MemberRow } from '../members/member.entity.ts'
import { showWorkspace } from '../show-identity.ts'
import { WorkspaceRow } from './workspace.entity.ts'

type Input = z.output<typeof workspaceInput>

@Injectable()
export class WorkspacesService {
  constructor(private readonly transactions: Transactions) {}

  /** A new brand; whoever makes it owns it. */
  create(caller: Caller, input: Input): Promise<Workspace> {
    return this.transactions.run((tx) => insertWorkspace(tx, caller.personId, input))
  }

  edit(call: CallContext, version: number, input: Input): Promise<Workspace> {
    return this.transactions.run(async (tx) => {
      const id = call.workspaceId
      const row = await tx.manager.findOneOrFail(WorkspaceRow, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      })
      if (row.version !== version) {
        throw new AppError('stale', { sent: String(version), current: String(row.version) })
      }
      const before = showWorkspace(row)
      Object.assign(row, input, { version: version + 1 })
      const after = showWorkspace(await tx.manager.save(row))
      const subject = { kind: 'workspace', id }
      await audit(tx, call, { action: 'workspace.edited', subject, before, after })
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
  const after = showWorkspace(await tx.manager.findOneByOrFail(WorkspaceRow, { id }))
  const subject = { kind: 'workspace', id }
  const actor = { memberId: member.id, via: 'system' as const, viaId: 'workspace' }
  const call = { workspaceId: id, actor, channelIds: null }
  await audit(tx, call, { action: 'workspace.created', subject, before: null, after })
  return after
}
