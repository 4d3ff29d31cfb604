import { Controller, Get } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Route } from '../http/route.ts'
import { OpenStreams } from './open-streams.ts'

const gatewayStatus = z
  .object({
    streams: z.object({
      /** Live streams that are open at the replica which answers. */
      open: z.int(),
      /** Those of them that are this workspace's. */
      ofWorkspace: z.int(),
    }),
  })
  .meta({ id: 'GatewayStatus' })

@ApiTags('Operations')
@Controller('v1/operations/gateway')
export class StreamsController {
  constructor(private readonly streams: OpenStreams) {}

  @Get()
  @Route({
    summary: 'How the gateway is doing: the live streams that are open at this replica',
    operationId: 'getGatewayStatus',
    needs: 'operations:read',
    ok: gatewayStatus,
  })
  read(@FromCaller() { call }: Caller) {
    return { streams: this.streams.count(call.workspaceId) }
  }
}
