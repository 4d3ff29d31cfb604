import { ChannelCredentials, type EventContext, OnEvent } from '@hamava/bus'
import { type BodyOf, channelChanged } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { applyChannelChange } from './apply-channel-change.ts'
import { Poller } from './poller.ts'

@Controller()
export class SourcesController {
  constructor(
    private readonly poller: Poller,
    private readonly access: ChannelCredentials,
  ) {}

  @OnEvent(channelChanged)
  async note(body: BodyOf<typeof channelChanged>, { tx }: EventContext): Promise<void> {
    await applyChannelChange(tx, body)
    tx.afterCommit(() => {
      this.access.drop(body.channelId)
      this.poller.wake()
    })
  }
}
