import { type EventContext, OnEvent } from '@hamava/bus'
import { type BodyOf, messageSubmitted } from '@hamava/contracts'
import { canonicalHash } from '@hamava/service-kit'
import { Controller } from '@nestjs/common'
import { ChannelRow } from '../channels/channel.entity.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { wakeLanes } from '../lanes/wake-lanes.ts'
import { announce } from '../publications/announce.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { blankProgress } from './plan-publications.ts'
import { startOn } from './start-on.ts'

/** An answer somebody wrote becomes a publication like any other: same fence, same evidence. */
@Controller()
export class MessagesController {
  constructor(private readonly signal: DispatchSignal) {}

  @OnEvent(messageSubmitted)
  async plan(body: BodyOf<typeof messageSubmitted>, { tx, call }: EventContext): Promise<void> {
    const rows = tx.manager.getRepository(PublicationRow)
    const { id: channelId, workspaceId } = { id: body.channelId, workspaceId: call.workspaceId }
    const channel = await tx.manager.findOneBy(ChannelRow, { id: channelId, workspaceId })
    const snapshot = { text: body.text, ref: body.ref }
    const hash = canonicalHash(snapshot)
    const dueAt = new Date(body.dueAt)
    if (channel) {
      await wakeLanes(tx.manager, [
        { channelId, workspaceId, network: channel.network, nextAttemptAt: dueAt },
      ])
    }
    await rows.insert({
      id: body.publicationId,
      workspaceId,
      kind: 'message',
      messageId: body.messageId,
      conversationId: body.conversationId,
      channelId,
      network: channel?.network ?? '',
      version: 1,
      snapshot,
      snapshotHash: hash,
      approvedHash: hash,
      partCount: 1,
      dueAt,
      nextAttemptAt: dueAt,
      ...blankProgress(),
      ...startOn(channel),
    })
    announce(tx, call, await rows.findOneByOrFail({ id: body.publicationId }), null)
    tx.afterCommit(() => this.signal.signalAll())
  }
}
