import { BorrowedAccess, type EventContext, OnEvent } from '@hamava/bus'
import { type BodyOf, channelChanged } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { noteChannel } from './note-channel.ts'
import { Poller } from './poller.ts'

@Controller()
export class SourcesController {
  constructor(
    private readonly poller: Poller,
    private readonly access: BorrowedAccess,
  ) {}

  @OnEvent(channelChanged)
  async note(body: BodyOf<typeof channelChanged>, { tx }: EventContext): Promise<void> {
    await noteChannel(tx, body)
    tx.afterCommit(() => {
      this.access.drop(body.channelId)
      this.poller.wake()
    })
  }
}
