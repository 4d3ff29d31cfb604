import { type EventContext, OnEvent, OnRequest } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  getPublication,
  listPublications,
  type ParsedInputOf,
  publicationPlanned,
  replacePublications,
  retryPublication,
  settlePublication,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { Wakening } from '../dispatch/wakening.ts'
import { ChangePublications } from './change-publications.ts'
import { PlanPublications } from './plan-publications.ts'
import { ReadPublications } from './read-publications.ts'
import { RecoverPublication } from './recover-publication.ts'

@Controller()
export class PublicationsController {
  constructor(
    private readonly plans: PlanPublications,
    private readonly changes: ChangePublications,
    private readonly reading: ReadPublications,
    private readonly recovery: RecoverPublication,
    private readonly wakening: Wakening,
  ) {}

  @OnEvent(publicationPlanned)
  async plan(planned: BodyOf<typeof publicationPlanned>, { tx, call }: EventContext) {
    await this.plans.plan(tx, call, planned)
    tx.afterCommit(() => this.wakening.wakeAll())
  }

  @OnRequest(replacePublications)
  replace(input: ParsedInputOf<typeof replacePublications>, call: CallContext) {
    return this.changes.change(call, input)
  }

  @OnRequest(getPublication)
  get({ id }: ParsedInputOf<typeof getPublication>, call: CallContext) {
    return this.reading.get(call, id)
  }

  @OnRequest(listPublications)
  list(query: ParsedInputOf<typeof listPublications>, call: CallContext) {
    return this.reading.list(call, query)
  }

  @OnRequest(retryPublication)
  retry({ id }: ParsedInputOf<typeof retryPublication>, call: CallContext) {
    return this.recovery.retry(call, id)
  }

  @OnRequest(settlePublication)
  resolve({ id, resolution }: ParsedInputOf<typeof settlePublication>, call: CallContext) {
    return this.recovery.resolve(call, id, resolution)
  }
}
