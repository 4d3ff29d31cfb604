import { BorrowedAccess, type EventContext, OnEvent } from '@hamava/bus'
import { type BodyOf, channelChanged, publicationPublished } from '@hamava/contracts'
import { Controller, Inject } from '@nestjs/common'
import { Collector } from '../collection/collector.ts'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { noteChannel } from './note-channel.ts'
import { notePost } from './note-post.ts'

@Controller()
export class SubjectsController {
  constructor(
    private readonly collector: Collector,
    private readonly access: BorrowedAccess,
    @Inject(configToken) private readonly config: Config,
  ) {}

  @OnEvent(channelChanged)
  async noteChannel(body: BodyOf<typeof channelChanged>, { tx }: EventContext): Promise<void> {
    await noteChannel(tx, body)
    tx.afterCommit(() => {
      this.access.drop(body.channelId)
      this.collector.wake()
    })
  }

  /** An answer in a conversation is nothing to measure. */
  @OnEvent(publicationPublished)
  async notePost(
    body: BodyOf<typeof publicationPublished>,
    { tx, call }: EventContext,
  ): Promise<void> {
    if (body.kind === 'post') await notePost(tx, call, body, this.config.CADENCE_SCALE)
  }
}
