import { AppError } from '@hamava/service-kit'
import { Controller, Get, Query, Req, Res } from '@nestjs/common'
import { ApiHeader, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import { type Caller, FromCaller, type HamavaRequest, type HttpReply } from '../http/caller.ts'
import { Route } from '../http/route.ts'
import { FeedService } from './feed.service.ts'
import { findStart, mostReplayed, readLastSeen } from './find-start.ts'
import { OpenStreams, type Place } from './open-streams.ts'
import { SteadyWriter } from './steady-writer.ts'
import { Stream } from './stream.ts'
import { type FeedQuery, feedQuery, wantedTypes } from './wanted-types.ts'

/** When somebody who was refused may try again. */
const retryAfterSeconds = '10'

const description = `The first words are \`retry:\` and the \`id:\` where the stream begins; a heartbeat comes every 15 seconds.
A stream resumes after \`Last-Event-ID\`. Whoever has missed more than ${mostReplayed} events, or some that are no longer
kept (seven days), or comes with an id from another installation, gets \`event: reset\` with the newest id instead:
read everything again, and go on from there.

It ends when the key or session ends and when the rights behind it change; connect again. One stream carries
everything, and how many may be open is bounded: beyond it 429 \`too_many_streams\` with \`Retry-After\`.
Whoever does not read for 30 seconds is disconnected.`

@ApiTags('Live events')
@Controller('v1/events')
export class FeedController {
  constructor(
    private readonly feed: FeedService,
    private readonly streams: OpenStreams,
    private readonly dataSource: DataSource,
  ) {}

  @Get()
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'string' } })
  @Route({
    summary: 'What happens, as it happens (server-sent events); resumes after `Last-Event-ID`',
    description,
    operationId: 'streamEvents',
    refuses: ['too_many_streams'],
    needs: 'workspace:read',
    ok: { contentType: 'text/event-stream' },
  })
  async stream(
    @FromCaller() caller: Caller,
    @Query({ schema: feedQuery }) query: FeedQuery,
    @Req() request: HamavaRequest,
    @Res() reply: HttpReply,
  ): Promise<void> {
    const wanted = wantedTypes(caller, query)
    const seen = readLastSeen(request.headers['last-event-id'])
    if (request.method === 'HEAD') {
      begin(reply).end()
      return
    }
    const place = this.takePlace(caller, reply)
    try {
      const { signal } = place.ending
      reply.raw.once('close', () => place.ending.abort())
      const start = await findStart(this.dataSource.manager, caller.call.workspaceId, seen)
      const writer = new SteadyWriter(begin(reply), signal)
      await new Stream(this.feed, caller, wanted, writer, signal, start).run()
    } finally {
      this.streams.leave(place)
    }
  }

  private takePlace(caller: Caller, reply: HttpReply): Place {
    try {
      return this.streams.take(caller)
    } catch (error) {
      if (error instanceof AppError) reply.header('Retry-After', retryAfterSeconds)
      throw error
    }
  }
}

/** Sends the headers, and takes the answer out of the framework's hands. */
function begin(reply: HttpReply) {
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
  return raw
}
