import { OnRequest } from '@hamava/bus'
import { type CallContext, type ParsedInputOf, reconcileLedger } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ReconcileLedger } from './reconcile-ledger.ts'

@Controller()
export class ReconciliationController {
  constructor(private readonly ledger: ReconcileLedger) {}

  @OnRequest(reconcileLedger)
  reconcile(query: ParsedInputOf<typeof reconcileLedger>, call: CallContext) {
    return this.ledger.run(call, query)
  }
}
