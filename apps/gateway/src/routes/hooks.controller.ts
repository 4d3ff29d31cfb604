import { RequestClient } from '@hamava/bus'
import { receiveWebhook, systemContext } from '@hamava/contracts'
import { Controller, Param, Post, Req } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import type { HamavaRequest } from '../http/caller.ts'
import { Route } from '../http/route.ts'

const accepted = z.object({ accepted: z.int() }).meta({ id: 'HookAccepted' })

/** Stands for "no workspace yet": the token decides whose it is. */
const nobody = 'ws_00000000000000000000000000'

/** Where networks send what people write; the connector checks each network's signature. */
@ApiTags('Network webhooks')
@Controller('v1/hooks')
export class HooksController {
  constructor(private readonly requests: RequestClient) {}

  @Post(':token')
  @Route({
    summary: 'Called by networks, not by you',
    operationId: 'receiveWebhook',
    refuses: ['not_found'],
    needs: 'public',
    ok: accepted,
    params: { token: 'The secret part of the address that the network was given' },
  })
  receive(@Param('token') token: string, @Req() request: HamavaRequest & { rawBody?: Buffer }) {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    )
    const body = (request.rawBody ?? Buffer.alloc(0)).toString('base64')
    return this.requests.send(receiveWebhook, systemContext(nobody, 'gateway'), {
      token,
      headers,
      body,
    })
  }
}
