import { Transactions } from '@hamava/bus'
import type { CallContext, VersionsRead } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { CarryOutChange } from '../changes/carry-out-change.ts'
import { announcePost, openPost } from './post-store.ts'

@Injectable()
export class DeletePost {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: CarryOutChange,
  ) {}

  /** Deletes a post only if all its publications were cancelled, or it has none; the rest is evidence. */
  async delete(call: CallContext, id: string, versions: VersionsRead): Promise<{ id: string }> {
    await this.changes.settle(call, id)
    return this.transactions.run(async (tx) => {
      const { row, publications, before } = await openPost(tx, call, id, versions)
      const standing = publications.filter((one) => one.state !== 'cancelled')
      if (standing.length > 0) {
        const mayBeLive = standing.some((one) => !['planned', 'held', 'missed'].includes(one.state))
        throw new AppError(mayBeLive ? 'post_has_live_publications' : 'post_still_planned')
      }
      row.deletedAt = new Date()
      await tx.manager.save(row)
      announcePost(tx, call, 'deleted', before, null)
      return { id }
    })
  }
}
