import type { Guarantees } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { nextStepInDoubt } from './next-step-in-doubt.ts'

type Idempotency = Guarantees['idempotency']

const hour = 3_600_000
const keyFirst: Idempotency = { kind: 'key_first', windowMs: hour }
const keyLast: Idempotency = { kind: 'key_last', windowMs: hour, waitMs: 90_000 }
const none: Idempotency = { kind: 'none', waitMs: 90_000 }
const clientId: Idempotency = { kind: 'client_id' }
const readBack = { settleMs: 5_000 }
const given = { canFind: true, requestTimeoutMs: 30_000 }
const at = (seconds: number) => new Date(seconds * 1000)
const doubt = (nowS: number, facts: { isDuplicate?: boolean; wasAbsent?: boolean } = {}) => ({
  firstStartedAt: at(0),
  lastSentAt: at(0),
  isDuplicate: false,
  wasAbsent: false,
  now: at(nowS),
  ...facts,
})

describe('a request whose outcome is not known', () => {
  it.each([
    ['a key that is kept first, within its window', keyFirst, readBack, doubt(10), 'send_again'],
    ['such a key in its last minute', keyFirst, readBack, doubt(3_541), 'find'],
    ['such a key that is old, and no reading', keyFirst, null, doubt(3_541), 'unconfirmed'],
    ['an id of our own, always', clientId, null, doubt(1e6), 'send_again'],
    ['a key that is kept last', keyLast, readBack, doubt(10), 'find'],
    ['such a key and no reading', keyLast, null, doubt(10), 'unconfirmed'],
    ['reading, before it can show', none, readBack, doubt(4), 'wait'],
    ['reading', none, readBack, doubt(5), 'find'],
    ['nothing', none, null, doubt(60), 'unconfirmed'],
    ['a key, called a duplicate', keyFirst, readBack, doubt(60, { isDuplicate: true }), 'find'],
    [
      'a key, called a duplicate, unreadable',
      keyFirst,
      null,
      doubt(60, { isDuplicate: true }),
      'unconfirmed',
    ],
  ] as const)('with %s', (_, idempotency, reading, asked, expected) => {
    expect(nextStepInDoubt({ idempotency, readBack: reading }, given, asked).kind).toBe(expected)
  })

  it('is not looked for where the connector cannot', () => {
    const blind = { ...given, canFind: false }
    expect(nextStepInDoubt({ idempotency: none, readBack }, blind, doubt(60)).kind).toBe(
      'unconfirmed',
    )
  })

  it.each([keyLast, none])(
    'is looked for at once, and again when it cannot be under way: %j',
    (idempotency) => {
      const guarantees = { idempotency, readBack }
      expect(nextStepInDoubt(guarantees, given, doubt(5))).toEqual({
        kind: 'find',
        provenFrom: at(95),
      })
      const absent = { wasAbsent: true }
      const waits = { kind: 'wait', until: at(95) }
      expect(nextStepInDoubt(guarantees, given, doubt(94, absent))).toEqual(waits)
      const looks = { kind: 'find', provenFrom: at(95) }
      expect(nextStepInDoubt(guarantees, given, doubt(95, absent))).toEqual(looks)
    },
  )

  it('is counted from the last that may have left, and at least for as long as a request may take', () => {
    const late = { ...doubt(40, { wasAbsent: true }), lastSentAt: at(20) }
    const quick = { ...given, waitMs: 2_000 }
    expect(nextStepInDoubt({ idempotency: none, readBack }, quick, late)).toEqual({
      kind: 'wait',
      until: at(55),
    })
  })
})
