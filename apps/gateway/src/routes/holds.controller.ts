import {
  getHold,
  hold,
  holdInput,
  holdResult,
  idOf,
  listHolds,
  pageOf,
  placeHold,
  releaseHold,
  releaseResult,
} from '@hamava/contracts'
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'

const params = { id: 'The hold' }
const holdPage = pageOf(hold).meta({ id: 'HoldPage' })
const listQuery = listHolds.input

@ApiTags('Holds')
@Controller('v1/holds')
export class HoldsController {
  constructor(private readonly forward: Forward) {}

  @Post()
  @Route({
    summary: 'Stop what is planned: everything, or of one channel, network or campaign',
    operationId: 'placeHold',
    refuses: ['hold_until_past', 'channel_forbidden', 'unknown_network', 'not_found'],
    needs: 'holds:write',
    ok: holdResult,
    status: 201,
    keyRequired: true,
  })
  place(
    @FromCaller() caller: Caller,
    @Body({ schema: holdInput }) input: z.output<typeof holdInput>,
  ) {
    return this.forward.to(placeHold, caller, input)
  }

  @Get()
  @Route({
    summary: 'The holds, newest first',
    operationId: 'listHolds',
    needs: 'publications:read',
    ok: holdPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: listQuery }) query: z.input<typeof listQuery>,
  ) {
    return this.forward.to(listHolds, caller, query)
  }

  @Get(':id')
  @Route({
    summary: 'One hold',
    operationId: 'getHold',
    needs: 'publications:read',
    ok: hold,
    params,
  })
  get(@FromCaller() caller: Caller, @Param('id', { schema: idOf('hold') }) id: string) {
    return this.forward.to(getHold, caller, { id })
  }

  @Post(':id/release')
  @Route({
    summary: 'End a hold: what is not too late goes on, the rest is listed',
    operationId: 'releaseHold',
    refuses: ['hold_ended', 'channel_forbidden'],
    needs: 'holds:write',
    ok: releaseResult,
    keyRequired: true,
    params,
  })
  release(@FromCaller() caller: Caller, @Param('id', { schema: idOf('hold') }) id: string) {
    return this.forward.to(releaseHold, caller, { id })
  }
}
