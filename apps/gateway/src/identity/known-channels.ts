import { RequestClient } from '@hamava/bus'
import { type CallContext, resolveChannels } from '@hamava/contracts'
import { AppError, refuseForeign } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'

/** Checks the channels that a member or a key is to be kept to. */
@Injectable()
export class KnownChannels {
  constructor(private readonly requests: RequestClient) {}

  /** Throws `channel_forbidden` for a channel that is not the caller's, `not_found` for one that the workspace does not have. */
  async check(call: CallContext, asked: readonly string[] | null | undefined): Promise<void> {
    if (!asked || asked.length === 0) return
    refuseForeign(call, asked)
    const { channels } = await this.requests.send(resolveChannels, call, { ids: [...asked] })
    const unknown = asked.find((id) => !channels.some((channel) => channel.id === id))
    if (unknown) throw new AppError('not_found', { what: 'channel', id: unknown })
  }
}
