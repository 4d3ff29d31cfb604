import { Transactions } from '@hamava/bus'
import {
  approvalPolicyChanged,
  type CallContext,
  type OutputOf,
  type setApprovalPolicy,
} from '@hamava/contracts'
import { everyChannel, refuseForeign } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { ApprovalPolicyRow } from './approval-policy.entity.ts'

type Policy = OutputOf<typeof setApprovalPolicy>

@Injectable()
export class ApprovalPolicyService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  get(call: CallContext): Promise<Policy> {
    return policyOf(this.dataSource.manager, call)
  }

  /** Throws `channel_forbidden` for callers limited to some channels: the policy holds for all of them. */
  async set(call: CallContext, after: Policy): Promise<Policy> {
    refuseForeign(call, [everyChannel])
    return this.transactions.run(async (tx) => {
      const before = await policyOf(tx.manager, call)
      const { workspaceId } = call
      await tx.manager.upsert(ApprovalPolicyRow, { workspaceId, ...after }, ['workspaceId'])
      tx.publish(approvalPolicyChanged, call, { before, after })
      return after
    })
  }
}

export async function policyOf(manager: EntityManager, call: CallContext): Promise<Policy> {
  const { workspaceId } = call
  const row = await manager.findOneBy(ApprovalPolicyRow, { workspaceId })
  return { approval: row?.approval ?? 'none' }
}
