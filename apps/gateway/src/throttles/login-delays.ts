import { AppError, callerNetwork } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'

/** How failures in a row slow down the next attempt: after `free` of them by 1, 3, 7 … seconds, up to `most`. */
interface Delay {
  who: string
  free: number
  most: number
}

/** What was known of failures before an attempt. */
interface Known {
  who: string
  failures: number
  lastAt: Date
  /** Since the last one, by the clock of the database. */
  secondsAgo: number
}

/** An attempt that may be made. It counts as a failure until it is forgiven. */
export type Attempt = readonly Known[]

const forgottenAfterSeconds = 15 * 60
const forgetEveryMs = 60_000

/**
 * Slows down password guessing without locking anybody out: from elsewhere the right person gets in at once, or within
 * seconds while many guess for one e-mail address.
 */
@Injectable()
export class LoginDelays {
  private forgotAt = 0

  constructor(private readonly dataSource: DataSource) {}

  /**
   * To be called before each attempt, so that simultaneous guesses are counted, too; refused attempts are not. Throws
   * `login_throttled` with the seconds to wait.
   */
  async begin(email: string, address: string): Promise<Attempt> {
    await this.forget()
    const delays = delaysOf(email, callerNetwork(address))
    return this.dataSource.transaction(async (manager) => {
      const known = await lockedRows(manager, delays.map(({ who }) => who).sort())
      const waits = delays.map((delay) => secondsToWait(delay, known.get(delay.who)))
      const seconds = Math.ceil(Math.max(...waits))
      if (seconds > 0) throw new AppError('login_throttled', { seconds: String(seconds) })
      await manager.query(
        `update failed_logins set last_at = clock_timestamp(),
           failures = case when last_at < now() - make_interval(secs => $2) then 1 else failures + 1 end
         where who = any($1)`,
        [[...known.keys()], forgottenAfterSeconds],
      )
      return [...known.values()]
    })
  }

  /** Takes a good attempt back from all counts, and resets the count of this person from this address. */
  async forgive(attempt: Attempt, email: string, address: string): Promise<void> {
    const here = delaysOf(email, callerNetwork(address))[0].who
    await this.dataSource.query(
      `update failed_logins as known
       set failures = case when known.who = $2 then 0 else greatest(known.failures - 1, 0) end, last_at = "lastAt"
       from jsonb_to_recordset($1::jsonb) as before (who text, "lastAt" timestamptz)
       where known.who = before.who`,
      [JSON.stringify(attempt), here],
    )
  }

  private async forget(): Promise<void> {
    if (Date.now() - this.forgotAt < forgetEveryMs) return
    this.forgotAt = Date.now()
    await this.dataSource.query(
      'delete from failed_logins where last_at < now() - make_interval(secs => $1)',
      [forgottenAfterSeconds],
    )
  }
}

const delaysOf = (email: string, address: string): [Delay, ...Delay[]] => [
  { who: `${email} from ${address}`, free: 5, most: 60 },
  { who: `address ${address}`, free: 50, most: 5 },
  { who: `e-mail ${email}`, free: 30, most: 5 },
]

function secondsToWait({ free, most }: Delay, known: Known | undefined): number {
  if (!known || known.secondsAgo > forgottenAfterSeconds) return 0
  const over = Math.min(Math.max(known.failures - free + 1, 0), 10)
  return Math.min(most, 2 ** over - 1) - known.secondsAgo
}

/** Locks the rows, so that one attempt at a time reads them; makes those that are missing. */
async function lockedRows(manager: EntityManager, who: string[]): Promise<Map<string, Known>> {
  await manager.query(
    `insert into failed_logins (who, failures, last_at)
     select who, 0, clock_timestamp() from unnest($1::text[]) as who order by who on conflict do nothing`,
    [who],
  )
  const rows = await manager.query<Known[]>(
    `select who, failures, last_at as "lastAt",
       extract(epoch from clock_timestamp() - last_at)::float as "secondsAgo"
     from failed_logins where who = any($1) order by who for update`,
    [who],
  )
  return new Map(rows.map((row) => [row.who, row]))
}
