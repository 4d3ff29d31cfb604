import type { Tx } from '@hamava/bus'
import { In, IsNull } from 'typeorm'
import { MessageRow } from './message.entity.ts'

/**
 * An answer of ours that may be on the network already, by its text. A wrong guess between two answers
 * of the same text is put right when publishing tells their ids.
 */
export async function findOwnAnswer(
  tx: Tx,
  conversationId: string,
  text: string,
): Promise<MessageRow | null> {
  const open = await tx.manager.find(MessageRow, {
    where: {
      conversationId,
      direction: 'out',
      remoteId: IsNull(),
      state: In(['planned', 'sending', 'pending', 'unconfirmed', 'published']),
    },
    order: { at: 'ASC', id: 'ASC' },
  })
  const seen = comparable(text)
  return open.find((message) => comparable(message.text) === seen) ?? null
}

/** Networks may compose characters and trim. */
const comparable = (text: string) => text.normalize('NFC').trim()
