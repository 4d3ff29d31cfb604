import { type EventOf, OnEvents, OnRequest, type SharedTx } from '@hamava/bus'
import {
  type CallContext,
  countAttention,
  exportEvidence,
  findKnownPublications,
  getPublication,
  listPublications,
  type ParsedInputOf,
  publicationPlanned,
  replacePublications,
  reschedulePublications,
  resolvePublication,
  retryPublication,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ExportEvidence } from '../evidence/export-evidence.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { CountAttention } from '../publications/count-attention.ts'
import { ReadPublications } from '../publications/read-publications.ts'
import { ChangePublications } from './change-publications.ts'
import { PlanPublications } from './plan-publications.ts'
import { RecoverPublication } from './recover-publication.ts'
import { ReschedulePublications } from './reschedule-publications.ts'

@Controller()
export class PublicationsController {
  constructor(
    private readonly plans: PlanPublications,
    private readonly changes: ChangePublications,
    private readonly reading: ReadPublications,
    private readonly attention: CountAttention,
    private readonly recovery: RecoverPublication,
    private readonly rescheduling: ReschedulePublications,
    private readonly evidence: ExportEvidence,
    private readonly signal: DispatchSignal,
  ) {}

  @OnEvents(publicationPlanned)
  async plan(events: EventOf<typeof publicationPlanned>[], tx: SharedTx) {
    const plans = events.map(({ tx: own, call, body }) => ({ tx: own, call, planned: body }))
    await this.plans.planAll(tx, plans)
    tx.afterCommit(() => this.signal.signalAll())
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

  @OnRequest(findKnownPublications)
  findKnown({ ids }: ParsedInputOf<typeof findKnownPublications>, call: CallContext) {
    return this.reading.findKnown(call, ids)
  }

  @OnRequest(countAttention)
  countAttention(_nothing: ParsedInputOf<typeof countAttention>, call: CallContext) {
    return this.attention.count(call)
  }

  @OnRequest(exportEvidence)
  export({ id }: ParsedInputOf<typeof exportEvidence>, call: CallContext) {
    return this.evidence.export(call, id)
  }

  @OnRequest(reschedulePublications)
  reschedule(input: ParsedInputOf<typeof reschedulePublications>, call: CallContext) {
    return this.rescheduling.reschedule(call, input)
  }

  @OnRequest(retryPublication)
  retry({ id }: ParsedInputOf<typeof retryPublication>, call: CallContext) {
    return this.recovery.retry(call, id)
  }

  @OnRequest(resolvePublication)
  resolve({ id, resolution }: ParsedInputOf<typeof resolvePublication>, call: CallContext) {
    return this.recovery.resolve(call, id, resolution)
  }
}
