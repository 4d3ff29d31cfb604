import { ChannelCredentials } from '@hamava/bus'
import type { Reason, Unreadable } from '@hamava/contracts'
import { NetworkError } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'
import { Injectable, Logger } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { SourceRow } from './source.entity.ts'

/** A single failure may be temporary. */
const failuresUntilTold = 2

/** Tells publishing, and so everybody who sees channels, which channels cannot be read. */
@Injectable()
export class ReportTrouble {
  private readonly logger = new Logger('sources')

  constructor(
    private readonly dataSource: DataSource,
    private readonly access: ChannelCredentials,
  ) {}

  /**
   * A reading failed, `failures` times in a row by now. Failures between our own services are not the channel's
   * trouble.
   */
  async found(source: SourceRow, error: unknown, failures: number): Promise<void> {
    const reason = reasonOf(error)
    if (!reason) return
    for (const one of await this.sharers(source)) {
      const since = one.failingSince ?? new Date()
      await this.rows.update({ channelId: one.channelId }, { failingSince: since })
      if (failures >= failuresUntilTold && one.toldReason !== reason.code)
        await this.tell(one, { since: since.toISOString(), reason })
    }
  }

  /** A reading was good. */
  async over(source: SourceRow): Promise<void> {
    const isAlone = source.mailbox === null
    if (isAlone && source.failingSince === null && source.toldReason === null) return
    for (const one of await this.sharers(source)) {
      if (one.failingSince === null && one.toldReason === null) continue
      await this.rows.update({ channelId: one.channelId }, { failingSince: null })
      if (one.toldReason !== null) await this.tell(one, null)
    }
  }

  /** If publishing cannot be reached, the next reading tells it again. */
  private async tell(
    { workspaceId, channelId }: SourceRow,
    unreadable: Unreadable | null,
  ): Promise<void> {
    try {
      await this.access.reportReading(workspaceId, channelId, unreadable)
      await this.rows.update({ channelId }, { toldReason: unreadable?.reason.code ?? null })
    } catch (error) {
      this.logger.warn(`how ${channelId} is read was not told: ${String(error)}`)
    }
  }

  /** All channels of a mailbox share its trouble. */
  private sharers({ mailbox, channelId }: SourceRow): Promise<SourceRow[]> {
    const where = mailbox === null ? { channelId } : { mailbox, isRemoved: false }
    return this.rows.find({ where, order: { channelId: 'ASC' } })
  }

  private get rows() {
    return this.dataSource.getRepository(SourceRow)
  }
}

function reasonOf(error: unknown): Reason | null {
  if (error instanceof NetworkError) return error.reason
  if (!(error instanceof AppError)) return notKept
  // The network's own words, which publishing got when it renewed the access.
  const { detailEn, detailFa, fixEn = '', fixFa = '' } = error.params
  if (!detailEn || !detailFa) return null
  return {
    code: error.code,
    message: { en: detailEn, fa: detailFa },
    fix: { en: fixEn, fa: fixFa },
  }
}

/** An error of our own is in the way. */
const notKept: Reason = {
  code: 'reading_failed',
  message: {
    en: 'What is written there could not be kept on this installation.',
    fa: 'آنچه آن‌جا نوشته می‌شود در این سامانه ذخیره نشد.',
  },
  fix: {
    en: 'It is tried again by itself. If it goes on, let the operator look at the log of listening.',
    fa: 'خودکار دوباره تلاش می‌شود. اگر ادامه یافت، راهبر سامانه گزارش سرویس listening را ببیند.',
  },
}
