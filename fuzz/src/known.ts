import type { OracleName } from './oracles/oracle.ts'

/** A cause that is known and that somebody works on; nothing else is passed over. */
export interface Known {
  /** Who owns it. */
  readonly issue: string
  readonly oracle: OracleName
  readonly matches: RegExp
  /** Only on these operations; on all of them where there are none named. */
  readonly operations?: readonly string[]
  readonly what: string
}

export const known: readonly Known[] = [
  {
    issue: 'C4',
    oracle: 'feed',
    matches: /^goes on although/,
    what: 'the feed goes on for who may no longer hear it',
  },
  {
    issue: 'C5',
    oracle: 'rights',
    matches: /^tells of a channel/,
    operations: ['connectChannel'],
    what: 'who connects an account again is told the id of its channel, hidden or not',
  },
  {
    issue: 'D4',
    oracle: 'input',
    matches: /^names of no events/,
    operations: ['streamEvents'],
    what: 'an empty list of events is taken for all of them',
  },
]
