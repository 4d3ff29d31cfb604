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
    issue: 'D1',
    oracle: 'server errors',
    matches: /^500: (an offset beyond|the year|many fraction digits)/,
    what: 'times at the ends of what a date can be are 500',
  },
  {
    issue: 'D1',
    oracle: 'server errors',
    matches: /^500: a cursor/,
    what: 'cursors that are not ours are 500',
  },
  {
    issue: 'D1',
    oracle: 'server errors',
    matches: /^500: (a body|lists) nested deeply/,
    what: 'bodies nested deeply are 500',
  },
  {
    issue: 'D1',
    oracle: 'cursors',
    matches: /^a cursor .*: (not refused with 400|refused with another code)/,
    what: 'cursors of other lists, and forged ones, are taken',
  },
  {
    issue: 'D2',
    oracle: 'problems',
    matches: /^(400|408|414|431) that is no problem: content type/,
    what: 'refusals of the framework are no problems',
  },
  {
    issue: 'D2',
    oracle: 'headers',
    matches: /^(400|408|414|431) without content-security-policy/,
    what: 'refusals of the framework have no security headers',
  },
  {
    issue: 'D2',
    oracle: 'headers',
    matches: /^OPTIONS answers 404/,
    what: 'OPTIONS is not found',
  },
  {
    issue: 'D2',
    oracle: 'problems',
    matches: /^401 without www-authenticate/,
    what: '401 without WWW-Authenticate',
  },
  {
    issue: 'D2',
    oracle: 'problems',
    matches: /^503 without retry-after/,
    what: '503 without Retry-After',
  },
  {
    issue: 'D2',
    oracle: 'input',
    matches: /^another content type: not refused with 415/,
    what: 'another content type is 400',
  },
  {
    issue: 'D2',
    oracle: 'input',
    matches: /^another method: not refused with 405/,
    what: 'another method is 404',
  },
  {
    issue: 'D3',
    oracle: 'conditional',
    matches: /^(412 without|no 304|If-Match |the same ETag|304 without)/,
    what: 'conditions are not those of RFC 9110',
  },
  {
    issue: 'D4',
    oracle: 'input',
    matches: /^an unknown query parameter|^names of no events|^a list of languages/,
    what: 'unknown query parameters and events are passed over; languages are not negotiated',
  },
  {
    issue: 'D4',
    oracle: 'limits',
    matches: /^a number in another notation/,
    what: 'numbers in any notation of JavaScript are taken',
  },
  {
    issue: 'D4',
    oracle: 'input',
    matches: /^an unknown field: /,
    operations: ['createApiKey', 'approvePost', 'requestChanges'],
    what: 'unknown fields are dropped without a word',
  },
  {
    issue: 'C2',
    oracle: 'rights',
    matches: /^gives channels that the giver has not/,
    operations: ['addMember', 'editMember'],
    what: 'a manager kept to channels lifts that, or adds members who are not',
  },
  {
    issue: 'C2',
    oracle: 'rights',
    matches: /^makes a key that outlives its own/,
    operations: ['createApiKey'],
    what: 'a key makes keys that outlive it',
  },
  {
    issue: 'C3',
    oracle: 'rights',
    matches: /^reads what is of the whole installation/,
    what: 'whoever may make a workspace operates the installation',
  },
  {
    issue: 'C4',
    oracle: 'feed',
    matches: /^goes on although/,
    what: 'the feed goes on for who may no longer hear it',
  },
  {
    issue: 'C5',
    oracle: 'rights',
    matches: /^(tells of|acts on)/,
    what: 'being kept to channels does not reach everything',
  },
  {
    issue: 'C19',
    oracle: 'input',
    matches: /^(a name that nothing has|an id .*|an inherited name): accepted/,
    operations: ['placeHold'],
    what: 'holds are placed on what does not exist',
  },
]
