import { Transactions } from '@hamava/bus'
import {
  type CallContext,
  latePolicyChanged,
  type OutputOf,
  type setLatePolicy,
} from '@hamava/contracts'
import { everyChannel, refuseForeign } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import type { Config } from '../config.ts'
import { configToken } from '../tokens.ts'
import { LatePolicyRow } from './late-policy.entity.ts'

type Policy = OutputOf<typeof setLatePolicy>

/** How late is too late in a workspace. */
@Injectable()
export class LatePolicyService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    @Inject(configToken) private readonly config: Config,
  ) {}

  get(call: CallContext): Promise<Policy> {
    return this.policyOf(this.dataSource.manager, call)
  }

  /** Applies from the next check of each publication; missed publications stay missed. */
  async set(call: CallContext, after: Policy): Promise<Policy> {
    refuseForeign(call, [everyChannel])
    return this.transactions.run(async (tx) => {
      const before = await this.policyOf(tx.manager, call)
      const { workspaceId } = call
      await tx.manager.upsert(LatePolicyRow, { workspaceId, ...after }, ['workspaceId'])
      tx.publish(latePolicyChanged, call, { before, after })
      return after
    })
  }

  private async policyOf(manager: EntityManager, { workspaceId }: CallContext): Promise<Policy> {
    const row = await manager.findOneBy(LatePolicyRow, { workspaceId })
    return { lateMinutes: row?.lateMinutes ?? this.config.LATE_MINUTES }
  }
}
