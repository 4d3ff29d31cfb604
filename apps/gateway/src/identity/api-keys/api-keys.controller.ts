import { apiKey, apiKeyCreated, apiKeyInput, idOf, pageOf, pageQuery } from '@hamava/contracts'
import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller } from '../../http/caller.ts'
import { Route } from '../../http/route.ts'
import { ApiKeysService } from './api-keys.service.ts'

const keyPage = pageOf(apiKey).meta({ id: 'ApiKeyPage' })
const revokedKey = z.object({ id: z.string() }).meta({ id: 'RevokedApiKey' })

@ApiTags('API keys')
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @Route({
    summary: 'The keys of the workspace',
    operationId: 'listApiKeys',
    needs: 'api-keys:read',
    ok: keyPage,
  })
  list(
    @FromCaller() { call }: Caller,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    return this.keys.list(call, query)
  }

  @Post()
  @Route({
    summary: 'Make a key; its secret is shown this once',
    operationId: 'createApiKey',
    refuses: ['scope_too_wide', 'channel_forbidden', 'not_found', 'key_outlives_maker'],
    needs: 'api-keys:write',
    ok: apiKeyCreated,
    status: 201,
    keyRequired: false,
  })
  create(
    @FromCaller() caller: Caller,
    @Body({ schema: apiKeyInput }) input: z.output<typeof apiKeyInput>,
  ) {
    return this.keys.create(caller, input)
  }

  @Delete(':id')
  @Route({
    summary: 'Revoke a key at once',
    operationId: 'revokeApiKey',
    needs: 'api-keys:write',
    ok: revokedKey,
    params: { id: 'The key' },
  })
  revoke(@FromCaller() { call }: Caller, @Param('id', { schema: idOf('apiKey') }) id: string) {
    return this.keys.revoke(call, id)
  }
}
