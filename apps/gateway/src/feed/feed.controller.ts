import { AppError, mayTouch } from '@hamava/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import { ApiHeader, ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller, type HamavaRequest, type HttpReply } from '../http/caller.ts'
import { Route } from '../http/route.ts'
import { FeedService } from './feed.service.ts'
import type { FeedEventRow } from './feed-event.entity.ts'
import { feedTypes } from './feed-types.ts'

const heartbeatMs = 15_000
const lookMs = 2_000

const feedQuery = z.object({
  /** Names of events, separated by commas; all when absent. */
  types: z.string().max(1000).optional(),
})

@ApiTags('Live events')
@Controller('v1/events')
export class FeedController {
  constructor(private readonly feed: FeedService) {}

  @Get()
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string' } })
  @Route({
    summary: 'What happens, as it happens (server-sent events); resumes after `Last-Event-ID`',
    operationId: 'streamEvents',
    needs: 'workspace:read',
    ok: { contentType: 'text/event-stream' },
  })
  async stream(
    @FromCaller() caller: Caller,
    @Query({ schema: feedQuery }) { types }: z.output<typeof feedQuery>,
    @Req() request: HamavaRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const wanted = wantedTypes(caller, types)
    const newest = await this.feed.newest()
    const seen = lastSeen(request)
    // A number from another installation, or from before the data was restored, means: from now on.
    let seq = seen !== null && BigInt(seen) <= BigInt(newest) ? seen : newest
    const gone = new AbortController()
    request.raw.on('close', () => gone.abort())
    reply.hijack()
    const { raw } = reply
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) raw.setHeader(name, value)
    }
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 2000\n\n')
    let beatAt = Date.now()
    while (!gone.signal.aborted) {
      // While the database is away there is nothing to tell; the listener stays and hears it later.
      const rows = await this.feed.since(caller.call.workspaceId, seq).catch(() => [])
      for (const row of rows) {
        seq = row.seq
        if (wanted.has(row.type) && isVisible(caller, row)) raw.write(frame(row))
      }
      if (rows.length > 0) continue
      if (Date.now() - beatAt > heartbeatMs) {
        raw.write(`id: ${seq}\n: still here\n\n`)
        beatAt = Date.now()
      }
      await this.feed.news$(caller.call.workspaceId, lookMs, gone.signal)
    }
    raw.end()
  }
}

function wantedTypes(caller: Caller, types: string | undefined): Set<string> {
  const allowed = feedTypes
    .filter((type) => caller.permissions.has(type.needs))
    .map((type) => type.event.name)
  const asked = types?.split(',').map((name) => name.trim())
  return new Set(asked ? allowed.filter((name) => asked.includes(name)) : allowed)
}

function lastSeen(request: HamavaRequest): string | null {
  const header = request.headers['last-event-id']
  if (!header) return null
  if (typeof header === 'string' && /^\d{1,18}$/.test(header)) return header
  throw new AppError('malformed_request', { detail: 'Last-Event-ID is not one of ours' })
}

const isVisible = ({ call }: Caller, { channelIds }: FeedEventRow) => mayTouch(call, channelIds)

function frame(row: FeedEventRow): string {
  const { id, type, at, body } = row
  const data = JSON.stringify({ id, type, at: at.toISOString(), ...body })
  return `id: ${row.seq}\nevent: ${type}\ndata: ${data}\n\n`
}
