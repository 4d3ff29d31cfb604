import {
  answerConversation,
  conversation,
  conversationDetail,
  conversationEdit,
  conversationId,
  dropAnswer,
  editConversation,
  getConversation,
  messageId as idOfMessage,
  listConversations,
  message,
  messageInput,
  pageOf,
  type VersionsRead,
} from '@hamava/contracts'
import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { IfMatch } from '../http/if-match.ts'
import { Route } from '../http/route.ts'

const params = { id: 'The conversation' }
const conversationPage = pageOf(conversation).meta({ id: 'ConversationPage' })
const listQuery = listConversations.input

@ApiTags('Conversations')
@Controller('v1/conversations')
export class ConversationsController {
  constructor(private readonly forward: Forward) {}

  @Get()
  @Route({
    summary: 'Comments, mentions and private messages, the newest first',
    operationId: 'listConversations',
    needs: 'inbox:read',
    ok: conversationPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
  ) {
    return this.forward.to(listConversations, caller, query)
  }

  @Get(':id')
  @Route({
    summary: 'One conversation with its messages',
    operationId: 'getConversation',
    needs: 'inbox:read',
    ok: conversationDetail,
    params,
  })
  get(@FromCaller() caller: Caller, @Param('id', { schema: conversationId }) id: string) {
    return this.forward.to(getConversation, caller, { id })
  }

  @Patch(':id')
  @Route({
    summary: 'Mark it done, or open again',
    operationId: 'editConversation',
    needs: 'inbox:write',
    ok: conversation,
    versioned: true,
    params,
  })
  edit(
    @FromCaller() caller: Caller,
    @Param('id', { schema: conversationId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: conversationEdit }) changes: z.output<typeof conversationEdit>,
  ) {
    return this.forward.to(editConversation, caller, { id, versions, changes })
  }

  @Delete(':id/messages/:messageId')
  @Route({
    summary: 'Give up an answer that did not go out',
    operationId: 'dropAnswer',
    refuses: ['publication_state'],
    needs: 'inbox:write',
    ok: message,
    params: { ...params, messageId: 'The answer' },
  })
  drop(
    @FromCaller() caller: Caller,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: idOfMessage }) messageId: string,
  ) {
    return this.forward.to(dropAnswer, caller, { id, messageId })
  }

  @Post(':id/messages')
  @Route({
    summary: 'Answer',
    operationId: 'answerConversation',
    refuses: ['answer_not_ready', 'cannot_answer', 'publication_state'],
    needs: 'inbox:write',
    ok: message,
    status: 201,
    keyRequired: true,
    params,
  })
  answer(
    @FromCaller() caller: Caller,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: messageInput }) input: z.output<typeof messageInput>,
  ) {
    return this.forward.to(answerConversation, caller, { id, message: input })
  }
}
