import { IntervalTask } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { CarryOutChange } from './carry-out-change.ts'
import { UnsettledChangeRow } from './unsettled-change.entity.ts'

const everyMs = 5_000
/** Longer than any request waits for an answer: until then, the request itself may still settle its change. */
const leftAfter = `interval '45 seconds'`
const batch = 20

/** Settles changes whose answer was lost, or whose service ended in the midst of them. */
@Injectable()
export class SettleChanges extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: CarryOutChange,
  ) {
    super({ name: 'changes', restMs: everyMs })
  }

  override async run(): Promise<void> {
    const [left] = await this.dataSource.query<[{ postId: string }[], number]>(
      `update unsettled_changes set asked_at = now() where post_id in (
         select post_id from unsettled_changes where asked_at < now() - ${leftAfter}
         order by asked_at limit ${batch} for update skip locked)
       returning post_id as "postId"`,
    )
    const rows = this.dataSource.getRepository(UnsettledChangeRow)
    for (const { postId } of left) {
      if (this.isStopped) return
      const change = await rows.findOneBy({ postId })
      if (!change) continue
      await this.changes.finish(change).catch((error: unknown) => {
        this.logger.warn(`the change of ${postId} is not settled yet: ${String(error)}`)
      })
    }
  }
}
