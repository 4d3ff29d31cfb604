import { DeadLettersService, ReadOutboxStatus } from '@hamava/bus'
import {
  contentStatus,
  deadLetter,
  getContentStatus,
  getOutboxStatus,
  getPublishingStatus,
  listDeadLetters,
  outboxStatus,
  owners,
  pageOf,
  pageQuery,
  publishingStatus,
  replayDeadLetter,
} from '@hamava/contracts'
import { Controller, Get, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'

const service = z.enum(owners)
const letterPage = pageOf(deadLetter).meta({ id: 'DeadLetterPage' })

@ApiTags('Operations')
@Controller('v1/operations')
export class OperationsController {
  constructor(
    private readonly forward: Forward,
    private readonly own: DeadLettersService,
    private readonly ownOutbox: ReadOutboxStatus,
  ) {}

  @Get('publishing')
  @Route({
    summary: 'How publishing is doing: what is overdue or hangs, lateness, replicas',
    operationId: 'getPublishingStatus',
    needs: 'operations:read',
    ok: publishingStatus,
  })
  publishing(@FromCaller() caller: Caller) {
    return this.forward.to(getPublishingStatus, caller, {})
  }

  @Get('content')
  @Route({
    summary: 'How content is doing: publications that are due and unknown to publishing',
    operationId: 'getContentStatus',
    needs: 'operations:read',
    ok: contentStatus,
  })
  content(@FromCaller() caller: Caller) {
    return this.forward.to(getContentStatus, caller, {})
  }

  @Get(':service/outbox')
  @Route({
    summary:
      'How the events of a service come along: what waits, for how long, what got no further',
    operationId: 'getOutboxStatus',
    needs: 'operations:read',
    ok: outboxStatus,
    params: { service: 'The service' },
  })
  outbox(
    @FromCaller() caller: Caller,
    @Param('service', { schema: service }) owner: z.output<typeof service>,
  ) {
    if (owner === 'gateway') return this.ownOutbox.read()
    return this.forward.to(getOutboxStatus(owner), caller, {})
  }

  @Get(':service/dead-letters')
  @Route({
    summary: 'Events that a service could not handle, or could not send',
    operationId: 'listDeadLetters',
    needs: 'operations:read',
    ok: letterPage,
    params: { service: 'The service' },
  })
  list(
    @FromCaller() caller: Caller,
    @Param('service', { schema: service }) owner: z.output<typeof service>,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    if (owner === 'gateway') return this.own.list(query)
    return this.forward.to(listDeadLetters(owner), caller, query)
  }

  @Post(':service/dead-letters/:id/replay')
  @Route({
    summary: 'Handle or send one of them again',
    operationId: 'replayDeadLetter',
    needs: 'operations:write',
    ok: deadLetter,
    params: { service: 'The service', id: 'The event' },
  })
  replay(
    @FromCaller() caller: Caller,
    @Param('service', { schema: service }) owner: z.output<typeof service>,
    @Param('id') id: string,
  ) {
    if (owner === 'gateway') return this.own.replay(id)
    // The replayed handler has a transaction of its own: the caller's key must not be tied to it.
    return this.forward.to(replayDeadLetter(owner), { ...caller, idempotency: undefined }, { id })
  }
}
