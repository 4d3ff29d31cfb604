import type { OutboxStatus, Owner } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Metrics } from '../metrics.ts'
import { type BusOptions, busOptionsToken } from '../options.ts'

/** Relaying takes milliseconds: an event that has waited this long does not leave by itself. */
const stuckAfterSeconds = 60

/** Reports the state of this service's outbox. */
@Injectable()
export class ReadOutboxStatus {
  private readonly service: Owner

  constructor(
    private readonly dataSource: DataSource,
    metrics: Metrics,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.service = options.service
    metrics.add('hamava_outbox', async () => {
      const { waiting, oldestSeconds, deadLetters } = await this.read()
      return [
        ['waiting', 'Committed events that are not in their stream yet', waiting],
        ['oldest_seconds', 'Age of the oldest event not relayed', oldestSeconds ?? 0],
        ['dead_letters_incoming', 'Events that could not be handled', deadLetters.incoming],
        ['dead_letters_outgoing', 'Events that could not be sent', deadLetters.outgoing],
      ]
    })
  }

  async read(): Promise<OutboxStatus> {
    const [row] = await this.dataSource.query<
      Record<'waiting' | 'incoming' | 'outgoing', number>[]
    >(
      `select (select count(*)::int from outbox where relayed_at is null) as waiting,
         count(*) filter (where direction = 'incoming')::int as incoming,
         count(*) filter (where direction = 'outgoing')::int as outgoing
       from dead_letters where replayed_at is null`,
    )
    const { waiting = 0, incoming = 0, outgoing = 0 } = row ?? {}
    const { seconds, isStuck } = await this.oldest()
    return {
      service: this.service,
      waiting,
      oldestSeconds: seconds,
      isStuck,
      deadLetters: { incoming, outgoing },
    }
  }

  /** Whether events have waited so long that a person should look. */
  async isStuck(): Promise<boolean> {
    return (await this.oldest()).isStuck
  }

  /**
   * The event that has waited longest. It is not stuck while events before it leave: when a lost stream is refilled,
   * events days old wait for a moment.
   */
  private async oldest(): Promise<{ seconds: number | null; isStuck: boolean }> {
    const [oldest] = await this.dataSource.query<{ seconds: number; moves: boolean }[]>(
      `select extract(epoch from clock_timestamp() - o.created_at)::float as seconds, exists (
         select 1 from outbox left_before
         where left_before.relayed_at > clock_timestamp() - interval '10 seconds'
           and left_before.seq < o.seq) as moves
       from outbox o where o.relayed_at is null order by o.seq limit 1`,
    )
    if (!oldest) return { seconds: null, isStuck: false }
    const { seconds, moves } = oldest
    return { seconds, isStuck: seconds > stuckAfterSeconds && !moves }
  }
}
