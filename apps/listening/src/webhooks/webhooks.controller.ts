import { OnRequest } from '@hamava/bus'
import { type ParsedInputOf, receiveWebhook } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ReceiveWebhook } from './receive-webhook.ts'

@Controller()
export class WebhooksController {
  constructor(private readonly receiving: ReceiveWebhook) {}

  @OnRequest(receiveWebhook)
  receive(received: ParsedInputOf<typeof receiveWebhook>) {
    return this.receiving.receive(received)
  }
}
