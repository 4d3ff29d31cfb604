import { prepared } from '@hamava/service-kit'
import type { DataSource } from 'typeorm'

/** A part of a caller's requests that this replica may let through by itself. */
interface Share {
  windowAt: number
  /** How many of it are left. */
  left: number
  /** How many no replica has taken yet, as far as this one knows. */
  untaken: number
  taking: Promise<void> | null
}

export interface Spent {
  isAllowed: boolean
  /** Requests left in this window, here and in all. */
  left: number
  msToNextWindow: number
}

const forgetEveryMs = 60_000

/**
 * Counts requests in windows of time over all replicas. A replica takes a share at once, about what a caller may ask in
 * a second, and counts it down in memory: most requests write nothing.
 */
export class Shares {
  private readonly shares = new Map<string, Share>()
  private readonly share: number
  private forgotAt = Date.now()

  constructor(
    private readonly dataSource: DataSource,
    private readonly most: number,
    private readonly windowMs: number,
  ) {
    this.share = Math.ceil((most * 1000) / windowMs)
  }

  async spend(who: string): Promise<Spent> {
    await this.forget()
    for (;;) {
      const share = this.shareOf(who)
      const isAllowed = share.left > 0
      // Counted down without an `await` after the check, as many requests may wait for the same share.
      if (isAllowed) share.left -= 1
      if (isAllowed || share.untaken === 0) {
        const msToNextWindow = Math.max(1, share.windowAt + this.windowMs - Date.now())
        return { isAllowed, left: share.left + share.untaken, msToNextWindow }
      }
      share.taking ??= this.take(who, share)
      await share.taking
    }
  }

  /** The caller's share in the current window. */
  private shareOf(who: string): Share {
    const windowAt = Math.floor(Date.now() / this.windowMs) * this.windowMs
    const known = this.shares.get(who)
    if (known?.windowAt === windowAt) return known
    const share = { windowAt, left: 0, untaken: this.most, taking: null }
    this.shares.set(who, share)
    return share
  }

  private async take(who: string, share: Share): Promise<void> {
    try {
      const windowAt = new Date(share.windowAt)
      const [row] = await prepared<{ taken: number }>(
        this.dataSource.manager,
        `insert into spent_requests as known (who, window_at, spent) values ($1, $2, $3)
         on conflict (who) do update set
           spent = case when known.window_at < excluded.window_at then $3 else known.spent + $3 end,
           window_at = greatest(known.window_at, excluded.window_at)
         returning spent as taken`,
        [who, windowAt, this.share],
      )
      const before = (row?.taken ?? this.most) - this.share
      share.left += Math.min(this.share, Math.max(0, this.most - before))
      share.untaken = Math.max(0, this.most - before - this.share)
    } finally {
      share.taking = null
    }
  }

  /** Forgets callers who have stopped asking, here and in the table. */
  private async forget(): Promise<void> {
    const now = Date.now()
    if (now - this.forgotAt < forgetEveryMs) return
    this.forgotAt = now
    const before = now - 2 * this.windowMs
    for (const [who, { windowAt }] of this.shares) if (windowAt < before) this.shares.delete(who)
    await this.dataSource.query('delete from spent_requests where window_at < $1', [
      new Date(before),
    ])
  }
}
