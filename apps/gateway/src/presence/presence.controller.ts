import {
  conversationId,
  getConversation,
  getPost,
  postId,
  presence,
  presenceInput,
} from '@hamava/contracts'
import { Body, Controller, Param, Put } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'
import { PresenceService } from './presence.service.ts'

/** Whoever may read a thing may see who else has it open: it is read first. */
@ApiTags('Presence')
@Controller('v1')
export class PresenceController {
  constructor(
    private readonly forward: Forward,
    private readonly presence: PresenceService,
  ) {}

  @Put('posts/:id/presence')
  @Route({
    summary: 'Say that you have a post open, and see who else does',
    operationId: 'setPostPresence',
    needs: 'posts:read',
    ok: presence,
    params: { id: 'The post' },
  })
  async withPost(
    @FromCaller() caller: Caller,
    @Param('id', { schema: postId }) id: string,
    @Body({ schema: presenceInput }) input: z.output<typeof presenceInput>,
  ) {
    await this.forward.to(getPost, caller, { id })
    return this.presence.note(id, caller.personId, input)
  }

  @Put('conversations/:id/presence')
  @Route({
    summary: 'Say that you have a conversation open, and see who else does',
    operationId: 'setConversationPresence',
    needs: 'inbox:read',
    ok: presence,
    params: { id: 'The conversation' },
  })
  async withConversation(
    @FromCaller() caller: Caller,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: presenceInput }) input: z.output<typeof presenceInput>,
  ) {
    await this.forward.to(getConversation, caller, { id })
    return this.presence.note(id, caller.personId, input)
  }
}
