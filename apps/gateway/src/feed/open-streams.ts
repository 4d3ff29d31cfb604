import { Broadcasts, Metrics } from '@hamava/bus'
import { AppError } from '@hamava/service-kit'
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import type { Config } from '../config.ts'
import type { Caller } from '../http/caller.ts'
import { configToken } from '../tokens.ts'

const topic = 'end-streams'

/** A place among the open streams of this process. */
export interface Place {
  call: Caller['call']
  /** Aborted when the stream has to end. */
  ending: AbortController
}

/** The live streams of this process: counts them by caller, and ends those that have to. */
@Injectable()
export class OpenStreams implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('feed')
  private readonly open = new Set<Place>()

  constructor(
    private readonly broadcasts: Broadcasts,
    metrics: Metrics,
    @Inject(configToken) private readonly config: Config,
  ) {
    metrics.add('hamava_gateway', async () => [
      ['streams', 'Live streams that are open', this.open.size],
    ])
  }

  /** Does not wait for NATS: without it every stream looks by itself whether its rights have changed. */
  onModuleInit(): void {
    this.broadcasts
      .listen(topic, (id) => this.endHere(id))
      .catch((error) => this.logger.warn(`hears no ends from other replicas: ${String(error)}`))
  }

  /** A server that stops would wait for open streams. */
  onModuleDestroy(): void {
    for (const { ending } of this.open) ending.abort()
  }

  /** Throws `too_many_streams` when the session, the key or the process has as many as it may. */
  take({ call }: Caller): Place {
    const { via, viaId } = call.actor
    const perCaller =
      via === 'session' ? this.config.STREAMS_PER_SESSION : this.config.STREAMS_PER_KEY
    const mine = [...this.open].filter((place) => place.call.actor.viaId === viaId).length
    if (mine >= perCaller) throw tooMany(perCaller)
    if (this.open.size >= this.config.STREAMS_MAX) throw tooMany(this.config.STREAMS_MAX)
    const place = { call, ending: new AbortController() }
    this.open.add(place)
    return place
  }

  leave(place: Place): void {
    this.open.delete(place)
  }

  /** Ends the streams of a member, a session or a key, on every replica: clients reconnect and are authorised again. */
  endOf(id: string): void {
    this.endHere(id)
    this.broadcasts.send(topic, id)
  }

  workspaceIds(): string[] {
    return [...new Set([...this.open].map(({ call }) => call.workspaceId))]
  }

  /** How many are open here, and how many of them by a workspace. */
  count(workspaceId: string): { open: number; ofWorkspace: number } {
    const ofWorkspace = [...this.open].filter(({ call }) => call.workspaceId === workspaceId).length
    return { open: this.open.size, ofWorkspace }
  }

  private endHere(id: string): void {
    for (const { call, ending } of this.open) {
      if (call.actor.viaId === id || call.actor.memberId === id) ending.abort()
    }
  }
}

const tooMany = (most: number) => new AppError('too_many_streams', { most: String(most) })
