import {
  type CallContext,
  type PostChange,
  type PostEdit,
  type ScheduleInput,
  type VersionsRead,
} from '@hamava/contracts'
import { toContent } from '@hamava/networks/rules'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { policyOf } from '../approval/approval-policy.service.ts'
import { PostReferences } from '../posts/post-references.ts'
import { expectState } from '../posts/post-store.ts'
import { withAlts } from '../posts/snapshot.ts'
import { CarryOutChange } from './carry-out-change.ts'
import { decideCancel, decideEdit, decideSchedule, decideWithdrawal } from './decide-change.ts'

interface Edit {
  id: string
  versions: VersionsRead
  changes: PostEdit
}

/** Changes to a post that has, or gets, a time: what goes out changes with it, or the answer says what was too late. */
@Injectable()
export class ChangePost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: CarryOutChange,
    private readonly references: PostReferences,
  ) {}

  edit(
    call: CallContext,
    { id, versions, changes: { schedule: wanted, ...words } }: Edit,
  ): Promise<PostChange> {
    return this.changes.change(call, id, versions, async (before) => {
      const { row } = before
      const { campaignId = row.campaignId, tags = row.tags } = words
      const content = toContent({ ...row.content, ...words })
      const hasTime = wanted === undefined ? row.schedule !== null : wanted !== null
      const { manager } = this.dataSource
      const [references, schedule, needsApproval] = await Promise.all([
        hasTime
          ? this.references.loadAndValidate(manager, call, content)
          : this.references.load(manager, call, content),
        wanted && this.references.resolveSchedule(call, wanted),
        this.needsApproval(call),
      ])
      return decideEdit(before, {
        content: withAlts(content, references.assets),
        labels: { campaignId, tags },
        contentChanged: Object.keys(words).length > 0,
        schedule,
        needsApproval,
        networkOf: references.channels,
      })
    })
  }

  /** Gives a post a time, or another one. */
  schedule(call: CallContext, id: string, input: ScheduleInput): Promise<PostChange> {
    return this.changes.change(call, id, null, async (before) => {
      const [references, schedule, needsApproval] = await Promise.all([
        this.references.loadAndValidate(this.dataSource.manager, call, before.row.content),
        this.references.resolveSchedule(call, input),
        this.needsApproval(call),
      ])
      return decideSchedule(before, { schedule, needsApproval, networkOf: references.channels })
    })
  }

  withdrawApproval(call: CallContext, id: string, versions: VersionsRead): Promise<PostChange> {
    return this.changes.change(call, id, versions, async (before) => {
      const { row } = before
      expectState(row, ['approved'], 'taken back')
      const references = await this.references.load(this.dataSource.manager, call, row.content)
      return decideWithdrawal(before, { networkOf: references.channels })
    })
  }

  /** Takes back what has not left yet. */
  cancel(call: CallContext, id: string): Promise<PostChange> {
    return this.changes.change(call, id, null, async (before) => decideCancel(before))
  }

  private async needsApproval(call: CallContext): Promise<boolean> {
    return (await policyOf(this.dataSource.manager, call)).approval !== 'none'
  }
}
