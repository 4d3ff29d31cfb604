import type { Tx } from '@hamava/bus'
import { permissionsFor } from '@hamava/contracts'
import { AppError, knownTo } from '@hamava/service-kit'
import type { Caller } from '../http/caller.ts'
import { MemberRow } from './members/member.entity.ts'
import { PersonRow } from './person.entity.ts'

/**
 * A caller with the rights that they have at this moment and keep until the transaction ends, so that nobody gives
 * rights that were taken from them meanwhile. Throws `unauthenticated` when they are no member any more.
 */
export async function withCurrentRights({ manager }: Tx, caller: Caller): Promise<Caller> {
  const { call, permissions } = caller
  const where = { id: call.actor.memberId ?? '', workspaceId: call.workspaceId }
  const member = await manager.findOne(MemberRow, { where, lock: { mode: 'pessimistic_read' } })
  if (!member) throw new AppError('unauthenticated')
  const { isOperator } = await manager.findOneByOrFail(PersonRow, { id: member.personId })
  const current = permissionsFor(member.role, isOperator)
  return {
    ...caller,
    permissions: new Set(current.filter((one) => permissions.has(one))),
    call: { ...call, channelIds: bothOf(call.channelIds, member.channelIds) },
  }
}

/** The channels that both lists allow; null stands for all. */
export function bothOf(one: string[] | null, other: string[] | null): string[] | null {
  return one === null ? other : knownTo({ channelIds: other }, one)
}
