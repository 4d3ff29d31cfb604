import type {
  CallContext,
  Conversation,
  getConversation,
  listConversations,
  OutputOf,
  Page,
  ParsedInputOf,
} from '@hamava/contracts'
import { decodeCursor, restrictToChannels, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { ConversationRow } from './conversation.entity.ts'
import { visibleRow } from './lock-conversation.ts'
import { MessageRow } from './message.entity.ts'
import { toConversation, toMessage } from './to-conversation.ts'

const mostMessages = 500
/** An answer must fit into one message on the wire (1 MB, and JSON needs more than the text alone). */
const mostBytes = 400_000

@Injectable()
export class ReadConversations {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest message first. */
  async list(
    call: CallContext,
    query: ParsedInputOf<typeof listConversations>,
  ): Promise<Page<Conversation>> {
    const { state, channelId, kind } = query
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(ConversationRow)
      .createQueryBuilder('c')
      .where('c.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('c.lastMessageAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .limit(query.limit + 1)
    if (state) select.andWhere('c.state = :state', { state })
    if (channelId) select.andWhere('c.channelId = :channelId', { channelId })
    if (kind) select.andWhere('c.kind = :kind', { kind })
    restrictToChannels(select, call, 'c.channelId')
    if (after) select.andWhere('(c.lastMessageAt, c.id) < (:at, :id)', after)
    const rows = await select.getMany()
    return toPage(rows, query, toConversation, (row) => ({
      at: row.lastMessageAt.toISOString(),
      id: row.id,
    }))
  }

  /** With its newest messages, oldest first. */
  async get(call: CallContext, id: string): Promise<OutputOf<typeof getConversation>> {
    const row = await visibleRow(this.dataSource.manager, call, id)
    const newestFirst = await this.dataSource.getRepository(MessageRow).find({
      where: { conversationId: id },
      order: { at: 'DESC', id: 'DESC' },
      take: mostMessages,
    })
    const messages = withinBytes(newestFirst).reverse().map(toMessage)
    return { ...toConversation(row), messages }
  }
}

function withinBytes(rows: MessageRow[]): MessageRow[] {
  let bytes = 0
  return rows.filter(({ text }) => {
    bytes += Buffer.byteLength(text)
    return bytes <= mostBytes
  })
}
