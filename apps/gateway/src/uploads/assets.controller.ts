import type { Multipart, MultipartFile } from '@fastify/multipart'
import {
  addAsset,
  asset,
  assetEdit,
  assetId,
  editAsset,
  getAsset,
  listAssets,
  pageOf,
  pageQuery,
  storableText,
  type VersionsRead,
} from '@hamava/contracts'
import { AppError, canonicalHash, newId, type Storage } from '@hamava/service-kit'
import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common'
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller, type HamavaRequest, type HttpReply } from '../http/caller.ts'
import { isKnown } from '../http/entity-tags.ts'
import { Forward } from '../http/forward.ts'
import { IfMatch } from '../http/if-match.ts'
import { Route } from '../http/route.ts'
import { refuseMalformed } from '../http/well-formed.ts'
import { storageToken } from '../tokens.ts'
import { receiveFile } from './receive-file.ts'

const params = { id: 'The asset' }
const assetPage = pageOf(asset).meta({ id: 'AssetPage' })

@ApiTags('Assets')
@Controller('v1/assets')
export class AssetsController {
  constructor(
    private readonly forward: Forward,
    @Inject(storageToken) private readonly storage: Storage,
  ) {}

  @Get()
  @Route({
    summary: 'The media library, newest first',
    operationId: 'listAssets',
    needs: 'posts:read',
    ok: assetPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    return this.forward.to(listAssets, caller, query)
  }

  @Post()
  @Route({
    summary: 'Upload an image or a video, with its alternative text in the field `alt`',
    operationId: 'uploadAsset',
    refuses: ['file_required', 'file_too_large', 'file_type'],
    needs: 'posts:write',
    ok: asset,
    status: 201,
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary' },
        alt: { type: 'string', maxLength: 2000, description: 'Send it before the file' },
      },
    },
  })
  async upload(@FromCaller() caller: Caller, @Req() request: HamavaRequest) {
    const part = await fileOf(request)
    if (!part) throw new AppError('file_required')
    const file = await receiveFile(part, this.storage, caller.call.workspaceId)
    const fileName = storableText(part.filename || 'file', 200)
    const alt = altOf(part)
    refuseMalformed({ fileName, alt })
    const fingerprint = canonicalHash([file.sha256, alt, fileName])
    const idempotency = caller.idempotency && { ...caller.idempotency, fingerprint }
    const made = { id: newId('asset'), ...file, fileName, alt, version: 1 }
    const createdAt = new Date().toISOString()
    return this.forward.to(addAsset, { ...caller, idempotency }, { ...made, createdAt })
  }

  @Get(':id')
  @Route({
    summary: 'One asset',
    operationId: 'getAsset',
    needs: 'posts:read',
    ok: asset,
    params,
  })
  async get(@FromCaller() caller: Caller, @Param('id', { schema: assetId }) id: string) {
    const { storageKey: _inside, ...shown } = await this.forward.to(getAsset, caller, { id })
    return shown
  }

  @Get(':id/content')
  @Route({
    summary: 'The bytes of an asset',
    operationId: 'getAssetContent',
    needs: 'posts:read',
    ok: { contentType: 'application/octet-stream' },
    params,
  })
  async content(
    @FromCaller() caller: Caller,
    @Param('id', { schema: assetId }) id: string,
    @Req() request: HamavaRequest,
    @Res() reply: HttpReply,
  ) {
    const stored = await this.forward.to(getAsset, caller, { id })
    if (!(await this.storage.exists(stored.storageKey))) {
      throw new AppError('not_found', { what: 'file of asset', id })
    }
    const etag = `"${stored.sha256}"`
    // The reader keeps the bytes, but asks each time, so that only those who may still see the asset do.
    reply.header('ETag', etag).header('cache-control', 'private, no-cache')
    if (isKnown(request.headers, etag)) return reply.status(304).send()
    reply
      .header('content-type', stored.mime)
      .header('content-length', stored.bytes)
      .header('content-security-policy', `default-src 'none'; sandbox`)
    if (request.method === 'HEAD') return reply.send()
    return reply.send(await this.storage.getStream(stored.storageKey))
  }

  @Patch(':id')
  @Route({
    summary: 'Change the alternative text',
    operationId: 'editAsset',
    needs: 'posts:write',
    ok: asset,
    versioned: true,
    params,
  })
  edit(
    @FromCaller() caller: Caller,
    @Param('id', { schema: assetId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: assetEdit }) changes: z.output<typeof assetEdit>,
  ) {
    return this.forward.to(editAsset, caller, { id, versions, changes })
  }
}

/** The first file of the form; undefined when there is none. Throws `malformed_request`. */
async function fileOf(request: HamavaRequest): Promise<MultipartFile | undefined> {
  if (!request.isMultipart()) return undefined
  try {
    return await request.file()
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : 'the form is broken'
    throw new AppError('malformed_request', { detail }, { cause })
  }
}

function altOf(part: MultipartFile): string {
  const field = part.fields.alt as Multipart | undefined
  const value = field?.type === 'field' ? String(field.value) : ''
  if (value.length > 2000) {
    throw new AppError('malformed_request', { detail: 'alt has at most 2000 characters' })
  }
  return value
}
