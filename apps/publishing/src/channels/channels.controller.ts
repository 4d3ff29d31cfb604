import { OnRequest } from '@hamava/bus'
import {
  accessChannel,
  type CallContext,
  connectChannel,
  finishOAuth,
  getChannel,
  listChannels,
  type ParsedInputOf,
  removeChannel,
  reportLostAccess,
  reportReading,
  resolveChannels,
  startOAuth,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ConnectChannel } from './connect-channel.ts'
import { HearOfLostAccess } from './hear-of-lost-access.ts'
import { LendAccess } from './lend-access.ts'
import { NoteReading } from './note-reading.ts'
import { OAuth } from './oauth.ts'
import { ReadChannels } from './read-channels.ts'
import { RemoveChannel } from './remove-channel.ts'

@Controller()
export class ChannelsController {
  constructor(
    private readonly connecting: ConnectChannel,
    private readonly oauth: OAuth,
    private readonly reading: ReadChannels,
    private readonly removing: RemoveChannel,
    private readonly lending: LendAccess,
    private readonly hearing: HearOfLostAccess,
    private readonly noting: NoteReading,
  ) {}

  @OnRequest(connectChannel)
  connect(input: ParsedInputOf<typeof connectChannel>, call: CallContext) {
    return this.connecting.connect(call, input)
  }

  @OnRequest(startOAuth)
  startOAuth(input: ParsedInputOf<typeof startOAuth>, call: CallContext) {
    return this.oauth.start(call, input)
  }

  @OnRequest(finishOAuth)
  finishOAuth(input: ParsedInputOf<typeof finishOAuth>, call: CallContext) {
    return this.oauth.finish(call, input)
  }

  @OnRequest(getChannel)
  get({ id }: ParsedInputOf<typeof getChannel>, call: CallContext) {
    return this.reading.get(call, id)
  }

  @OnRequest(listChannels)
  list(query: ParsedInputOf<typeof listChannels>, call: CallContext) {
    return this.reading.list(call, query)
  }

  @OnRequest(resolveChannels)
  async resolve({ ids }: ParsedInputOf<typeof resolveChannels>, call: CallContext) {
    return { channels: await this.reading.resolve(call, ids) }
  }

  @OnRequest(removeChannel)
  remove({ id }: ParsedInputOf<typeof removeChannel>, call: CallContext) {
    return this.removing.remove(call, id)
  }

  @OnRequest(accessChannel)
  access(input: ParsedInputOf<typeof accessChannel>, call: CallContext) {
    return this.lending.lend(call, input)
  }

  @OnRequest(reportLostAccess)
  report(input: ParsedInputOf<typeof reportLostAccess>, call: CallContext) {
    return this.hearing.hear(call, input)
  }

  @OnRequest(reportReading)
  reportReading(input: ParsedInputOf<typeof reportReading>, call: CallContext) {
    return this.noting.note(call, input)
  }
}
