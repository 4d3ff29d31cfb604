import type { Tx } from '@hamava/bus'
import type { CallContext } from '@hamava/contracts'
import { AppError, mayTouch } from '@hamava/service-kit'
import type { EntityManager } from 'typeorm'
import { ConversationRow } from './conversation.entity.ts'

/** Throws `not_found` for what is not there or not for the caller. */
export async function lockConversation(
  tx: Tx,
  call: CallContext,
  id: string,
): Promise<ConversationRow> {
  const row = await tx.manager.findOne(ConversationRow, {
    where: { id, workspaceId: call.workspaceId },
    lock: { mode: 'pessimistic_write' },
  })
  return visible(row, call, id)
}

/** Like `lockConversation`, without the lock. */
export async function visibleRow(
  manager: EntityManager,
  call: CallContext,
  id: string,
): Promise<ConversationRow> {
  const { workspaceId } = call
  return visible(await manager.findOneBy(ConversationRow, { id, workspaceId }), call, id)
}

function visible(row: ConversationRow | null, call: CallContext, id: string): ConversationRow {
  if (!row || !mayTouch(call, [row.channelId]))
    throw new AppError('not_found', { what: 'conversation', id })
  return row
}
