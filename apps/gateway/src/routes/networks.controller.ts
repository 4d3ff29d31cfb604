import { networkManifest } from '@hamava/contracts'
import { manifests } from '@hamava/networks/rules'
import { Controller, Get } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { Route } from '../http/route.ts'

const networks = z.object({ items: z.array(networkManifest) }).meta({ id: 'Networks' })

@ApiTags('Networks')
@Controller('v1/networks')
export class NetworksController {
  @Get()
  @Route({
    summary: 'What each network can do, takes, and needs to be connected',
    operationId: 'listNetworks',
    needs: 'channels:read',
    ok: networks,
  })
  list() {
    return { items: [...manifests] }
  }
}
