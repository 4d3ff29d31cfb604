import type { OutboxStatus, Owner } from '@hamava/contracts'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Metrics } from '../metrics.ts'
import { type BusOptions, busOptionsToken } from '../options.ts'

/** Relaying takes milliseconds: what has waited for so long does not leave by itself. */
const stuckAfterSeconds = 60

/** Says how the events of this service come along. */
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
    const oldestSeconds = await this.oldestSeconds()
    return {
      service: this.service,
      waiting,
      oldestSeconds,
      isStuck: isStuck(oldestSeconds),
      deadLetters: { incoming, outgoing },
    }
  }

  /** Whether events have been waiting for so long that somebody should look. */
  async isStuck(): Promise<boolean> {
    return isStuck(await this.oldestSeconds())
  }

  private async oldestSeconds(): Promise<number | null> {
    const [oldest] = await this.dataSource.query<{ seconds: number }[]>(
      `select extract(epoch from clock_timestamp() - created_at)::float as seconds
       from outbox where relayed_at is null order by seq limit 1`,
    )
    return oldest?.seconds ?? null
  }
}

const isStuck = (seconds: number | null) => (seconds ?? 0) > stuckAfterSeconds
