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
import { ApplyLostAccess } from './apply-lost-access.ts'
import { ConnectChannel } from './connect-channel.ts'
import { GrantAccess } from './grant-access.ts'
import { OAuth } from './oauth.ts'
import { ReadChannels } from './read-channels.ts'
import { RecordReading } from './record-reading.ts'
import { RemoveChannel } from './remove-channel.ts'

@Controller()
export class ChannelsController {
  constructor(
    private readonly connecting: ConnectChannel,
    private readonly oauth: OAuth,
    private readonly reading: ReadChannels,
    private readonly removing: RemoveChannel,
    private readonly lending: GrantAccess,
    private readonly hearing: ApplyLostAccess,
    private readonly noting: RecordReading,
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
    return this.lending.grant(call, input)
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
