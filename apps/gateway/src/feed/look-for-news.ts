import { isDatabaseAway } from '@hamava/service-kit'
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { FeedService } from './feed.service.ts'
import { OpenStreams } from './open-streams.ts'

const lookMs = 2_000

/** Looks for events that other replicas recorded: one query for all workspaces that have listeners. */
@Injectable()
export class LookForNews implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('feed')
  private timer: NodeJS.Timeout | undefined
  private newest = new Map<string, string | null>()

  constructor(
    private readonly dataSource: DataSource,
    private readonly streams: OpenStreams,
    private readonly feed: FeedService,
  ) {}

  onModuleInit(): void {
    this.timer = setTimeout(() => void this.lookAgain(), lookMs)
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private async lookAgain(): Promise<void> {
    await this.look().catch((error: unknown) => {
      if (!isDatabaseAway(error)) this.logger.warn(`cannot look for news: ${String(error)}`)
    })
    if (this.timer) this.timer = setTimeout(() => void this.lookAgain(), lookMs)
  }

  private async look(): Promise<void> {
    const workspaceIds = this.streams.workspaceIds()
    if (workspaceIds.length === 0) return
    const found = await this.dataSource.query<{ id: string; newest: string | null }[]>(
      `select listened.id, (select max(seq) from feed_events where workspace_id = listened.id) as newest
       from unnest($1::text[]) as listened (id)`,
      [workspaceIds],
    )
    const known = this.newest
    this.newest = new Map(found.map(({ id, newest }) => [id, newest]))
    for (const { id, newest } of found) if (known.get(id) !== newest) this.feed.news.announce(id)
  }
}
