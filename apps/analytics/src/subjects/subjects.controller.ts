import {
  ChannelCredentials,
  type EventContext,
  type EventOf,
  OnEvent,
  OnEvents,
  type SharedTx,
} from '@hamava/bus'
import { type BodyOf, channelChanged, publicationPublished } from '@hamava/contracts'
import { Controller, Inject } from '@nestjs/common'
import { Collector } from '../collection/collector.ts'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { applyChannelChange } from './apply-channel-change.ts'
import { projectPosts } from './project-posts.ts'

@Controller()
export class SubjectsController {
  constructor(
    private readonly collector: Collector,
    private readonly access: ChannelCredentials,
    @Inject(configToken) private readonly config: Config,
  ) {}

  @OnEvent(channelChanged)
  async applyChannelChange(
    body: BodyOf<typeof channelChanged>,
    { tx }: EventContext,
  ): Promise<void> {
    await applyChannelChange(tx, body)
    tx.afterCommit(() => {
      this.access.drop(body.channelId)
      this.collector.wake()
    })
  }

  /** An answer in a conversation is nothing to measure. */
  @OnEvents(publicationPublished)
  async projectPosts(events: EventOf<typeof publicationPublished>[], tx: SharedTx): Promise<void> {
    const posts = events.filter(({ body }) => body.kind === 'post')
    await projectPosts(tx, posts, this.config.CADENCE_SCALE)
  }
}
