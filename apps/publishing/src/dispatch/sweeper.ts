import { IntervalTask } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { ExpireHolds } from '../holds/expire-holds.ts'
import { HoldDuePublications } from '../holds/hold-due-publications.ts'
import { repairLanes } from '../lanes/repair-lanes.ts'
import { CheckRisks } from '../risks/check-risks.ts'
import { configToken } from '../tokens.ts'
import { MarkMissed } from './mark-missed.ts'
import { ReportStuck } from './report-stuck.ts'

const everyMs = 2_000

/** Looks over everything every few seconds, without a limit to looking back; any number of replicas may. */
@Injectable()
export class Sweeper extends IntervalTask {
  constructor(
    private readonly dataSource: DataSource,
    private readonly missed: MarkMissed,
    private readonly endedHolds: ExpireHolds,
    private readonly held: HoldDuePublications,
    private readonly stuck: ReportStuck,
    private readonly risks: CheckRisks,
    @Inject(configToken) private readonly config: Config,
  ) {
    super({ name: 'sweeper', restMs: everyMs, firstAfterMs: 0 })
  }

  override async run(): Promise<void> {
    const { LATE_MINUTES: lateMinutes } = this.config
    await this.attempt('end holds', () => this.endedHolds.run())
    await this.attempt('hold what is due', () => this.held.run())
    await this.attempt('mark what was missed', () => this.missed.run(lateMinutes))
    await this.attempt('repair lanes', () => repairLanes(this.dataSource.manager, lateMinutes))
    await this.attempt('look at risks', () => this.risks.run())
    await this.attempt('tell of what is stuck', () => this.stuck.run())
  }

  /** One duty that fails does not keep the others from being done. */
  private async attempt(duty: string, work: () => Promise<void>): Promise<void> {
    if (this.isStopped) return
    await work().catch((error) => this.logger.error(`cannot ${duty}: ${String(error)}`))
  }
}
