import {
  channel,
  channelDetail,
  channelId,
  channelInput,
  connectChannel,
  finishOAuth,
  getChannel,
  listChannels,
  oauthFinishInput,
  oauthStarted,
  oauthStartInput,
  pageOf,
  pageQuery,
  removeChannel,
  startOAuth,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'
import { configToken } from '../tokens.ts'
import { notConnected } from './refusals.ts'

const params = { id: 'The channel' }
const channelPage = pageOf(channelDetail).meta({ id: 'ChannelPage' })
const removedChannel = z.object({ id: channelId }).meta({ id: 'RemovedChannel' })

/** Networks answer slowly at times; connecting waits for them. */
const networkDeadlineMs = 40_000

@ApiTags('Channels')
@Controller('v1/channels')
export class ChannelsController {
  constructor(
    private readonly forward: Forward,
    @Inject(configToken) private readonly config: Config,
  ) {}

  @Get()
  @Route({
    summary: 'The connected channels and their health',
    operationId: 'listChannels',
    needs: 'channels:read',
    ok: channelPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    return this.forward.to(listChannels, caller, query)
  }

  @Post()
  @Route({
    summary: 'Connect a channel, or reconnect the one of the same account',
    operationId: 'connectChannel',
    refuses: [...notConnected, 'weaker_access', 'access_elsewhere', 'channel_forbidden'],
    needs: 'channels:write',
    ok: channel,
    status: 201,
  })
  connect(
    @FromCaller() caller: Caller,
    @Body({ schema: channelInput }) input: z.output<typeof channelInput>,
  ) {
    return this.forward.to(connectChannel, caller, input, networkDeadlineMs)
  }

  @Post('oauth/start')
  @Route({
    summary: 'Begin connecting by OAuth: send the person to the address it answers',
    operationId: 'startOAuth',
    refuses: [...notConnected, 'redirect_elsewhere'],
    needs: 'channels:write',
    ok: oauthStarted,
  })
  start(
    @FromCaller() caller: Caller,
    @Body({ schema: oauthStartInput }) input: z.output<typeof oauthStartInput>,
  ) {
    refuseForeignAddress(input.redirectUri, this.config.PUBLIC_URL)
    return this.forward.to(startOAuth, caller, input, networkDeadlineMs)
  }

  @Post('oauth/finish')
  @Route({
    summary: 'Finish connecting by OAuth with the code that the network gave',
    operationId: 'finishOAuth',
    refuses: [
      ...notConnected,
      'oauth_state_unknown',
      'weaker_access',
      'access_elsewhere',
      'channel_forbidden',
    ],
    needs: 'channels:write',
    ok: channel,
    status: 201,
  })
  finish(
    @FromCaller() caller: Caller,
    @Body({ schema: oauthFinishInput }) input: z.output<typeof oauthFinishInput>,
  ) {
    return this.forward.to(finishOAuth, caller, input, networkDeadlineMs)
  }

  @Get(':id')
  @Route({
    summary: 'One channel',
    operationId: 'getChannel',
    needs: 'channels:read',
    ok: channelDetail,
    params,
  })
  get(@FromCaller() caller: Caller, @Param('id', { schema: channelId }) id: string) {
    return this.forward.to(getChannel, caller, { id })
  }

  @Delete(':id')
  @Route({
    summary: 'Disconnect a channel and forget its credentials',
    operationId: 'removeChannel',
    refuses: ['channel_in_use'],
    needs: 'channels:write',
    ok: removedChannel,
    params,
  })
  remove(@FromCaller() caller: Caller, @Param('id', { schema: channelId }) id: string) {
    return this.forward.to(removeChannel, caller, { id })
  }
}

/** Codes of networks come to our own address alone. Throws `redirect_elsewhere`. */
function refuseForeignAddress(redirectUri: string, publicUrl: string): void {
  const { origin } = new URL(publicUrl)
  if (new URL(redirectUri).origin !== origin) throw new AppError('redirect_elsewhere', { origin })
}
