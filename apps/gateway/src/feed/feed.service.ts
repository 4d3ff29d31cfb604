import { EventEmitter } from 'node:events'
import { Injectable } from '@nestjs/common'
import { DataSource, MoreThan } from 'typeorm'
import { FeedEventRow } from './feed-event.entity.ts'

const batch = 200

/** The live feed: what happened, in one order, for those who listen and those who come back. */
@Injectable()
export class FeedService {
  private readonly news = new EventEmitter().setMaxListeners(0)

  constructor(private readonly dataSource: DataSource) {}

  /** Tells the listeners of this process that there is something to read. */
  announce(workspaceId: string): void {
    this.news.emit(workspaceId)
  }

  /** Resolves at the next announcement, or after `ms` (another replica may have written). */
  news$(workspaceId: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.news.off(workspaceId, done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.news.once(workspaceId, done)
      signal.addEventListener('abort', done, { once: true })
    })
  }

  since(workspaceId: string, seq: string): Promise<FeedEventRow[]> {
    return this.dataSource.getRepository(FeedEventRow).find({
      where: { workspaceId, seq: MoreThan(seq) },
      order: { seq: 'ASC' },
      take: batch,
    })
  }

  async newest(): Promise<string> {
    const [row] = await this.dataSource.query<{ seq: string }[]>(
      'select coalesce(max(seq), 0)::text as seq from feed_events',
    )
    return row?.seq ?? '0'
  }
}
