import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { FeedEventRow } from './feed-event.entity.ts'
import { News } from './news.ts'
import { readFrame } from './read-frame.ts'
import { RecentFrames } from './recent-frames.ts'

const batch = 100

/** A feed event without its body, which may be large. */
export type FeedMark = Pick<FeedEventRow, 'seq' | 'type' | 'channelIds'>

/** The live feed: what happened in a workspace, in one order, for those who listen and those who come back. */
@Injectable()
export class FeedService {
  readonly news = new News()
  private readonly frames = new RecentFrames((seq) => readFrame(this.dataSource.manager, seq))
  private readonly reading = new Map<string, Promise<FeedMark[]>>()

  constructor(private readonly dataSource: DataSource) {}

  /** The next events of a workspace after a position. Listeners at the same position share one query. */
  after(workspaceId: string, seq: string): Promise<FeedMark[]> {
    // A query that began before the news would miss it, so the news count is part of the key.
    const key = `${workspaceId} ${seq} ${this.news.count(workspaceId)}`
    const shared = this.reading.get(key) ?? this.read(workspaceId, seq)
    if (!this.reading.has(key)) {
      this.reading.set(key, shared)
      const done = () => this.reading.delete(key)
      shared.then(done, done)
    }
    return shared
  }

  /** An event as it is sent; null when it was forgotten meanwhile. */
  frame({ seq }: FeedMark): Promise<Buffer | null> {
    return this.frames.get(seq)
  }

  private read(workspaceId: string, seq: string): Promise<FeedMark[]> {
    return this.dataSource.query<FeedMark[]>(
      `select seq, type, channel_ids as "channelIds" from feed_events
       where workspace_id = $1 and seq > $2 order by seq limit ${batch}`,
      [workspaceId, seq],
    )
  }
}
