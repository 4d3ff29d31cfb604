import { AppError } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'

/** How failures in a row slow down the next attempt: after `free` of them by 1, 3, 7 … seconds, up to `most`. */
interface Delay {
  who: string
  free: number
  most: number
}

/** After so long without a failure, all is forgiven. */
const forgottenAfter = '15 minutes'

/**
 * Slows down who guesses passwords, and locks nobody out: from elsewhere the right person gets in at once, or, while many
 * guess for one e-mail address, within seconds.
 */
@Injectable()
export class LoginDelays {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * To be asked before each attempt, which counts as a failure until it is forgiven, so that guesses side by side are
   * counted, too. Throws `login_throttled` with the seconds to wait.
   */
  async begin(email: string, address: string): Promise<void> {
    for (const delay of delaysOf(email, address)) {
      const seconds = await this.count(delay)
      if (seconds > 0)
        throw new AppError('login_throttled', { seconds: String(Math.ceil(seconds)) })
    }
  }

  /** The attempt was a good one: it does not count, nor do those before it from the same place. */
  async forgive(email: string, address: string): Promise<void> {
    const [here, ...others] = delaysOf(email, address).map(({ who }) => who)
    await this.dataSource.query('delete from failed_logins where who = $1', [here])
    await this.dataSource.query(
      'update failed_logins set failures = failures - 1 where who = any($1) and failures > 0',
      [others],
    )
  }

  /** Counts an attempt that may be made; answers how many seconds are to be waited for it otherwise. */
  private async count({ who, free, most }: Delay): Promise<number> {
    await this.dataSource.query(
      `delete from failed_logins where last_at < now() - interval '${forgottenAfter}'`,
    )
    const [counted] = await this.dataSource.query<unknown[]>(
      `insert into failed_logins as known (who, failures, last_at) values ($1, 1, clock_timestamp())
       on conflict (who) do update set failures = known.failures + 1, last_at = clock_timestamp()
         where ${waitFor('known')} <= 0
       returning 1`,
      [who, free, most],
    )
    if (counted) return 0
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `select (${waitFor('known')})::float as seconds from failed_logins known where who = $1`,
      [who, free, most],
    )
    return Math.max(row?.seconds ?? 0, 1)
  }
}

const delaysOf = (email: string, address: string): [Delay, ...Delay[]] => [
  { who: `${email} from ${address}`, free: 5, most: 60 },
  { who: `address ${address}`, free: 50, most: 60 },
  { who: `e-mail ${email}`, free: 30, most: 5 },
]

/** The seconds until the next attempt: `$2` are free, `$3` the most. */
const waitFor = (row: string) =>
  `least($3::int, power(2, least(greatest(${row}.failures - $2::int + 1, 0), 10)) - 1)
   - extract(epoch from clock_timestamp() - ${row}.last_at)`
