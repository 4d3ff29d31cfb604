import type { Guarantees } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { reconcile } from './reconcile.ts'

const hour = 3_600_000
const key: Guarantees['idempotency'] = { kind: 'key', windowMs: hour }
const none: Guarantees['idempotency'] = { kind: 'none' }
const clientId: Guarantees['idempotency'] = { kind: 'client_id' }
const readBack = { settleMs: 5_000 }
const timeoutMs = 30_000
const at = (seconds: number) => new Date(seconds * 1000)
const doubt = (nowS: number, isDuplicate = false) => ({
  firstStartedAt: at(0),
  lastSentAt: at(0),
  isDuplicate,
  now: at(nowS),
})

describe('a request whose outcome is not known', () => {
  it.each([
    ['a key within its window', { idempotency: key, readBack }, true, doubt(10), 'send_again'],
    ['a key in its last minute', { idempotency: key, readBack }, true, doubt(3_541), 'find'],
    [
      'an old key and no reading',
      { idempotency: key, readBack: null },
      true,
      doubt(3_541),
      'unconfirmed',
    ],
    [
      'an id of our own, always',
      { idempotency: clientId, readBack: null },
      false,
      doubt(1e6),
      'send_again',
    ],
    ['reading, too early', { idempotency: none, readBack }, true, doubt(34), 'wait'],
    ['reading, settled', { idempotency: none, readBack }, true, doubt(35), 'find'],
    [
      'reading that the connector lacks',
      { idempotency: none, readBack },
      false,
      doubt(60),
      'unconfirmed',
    ],
    ['nothing', { idempotency: none, readBack: null }, true, doubt(60), 'unconfirmed'],
    ['a key, called a duplicate', { idempotency: key, readBack }, true, doubt(60, true), 'find'],
    [
      'a key, called a duplicate, unreadable',
      { idempotency: key, readBack: null },
      true,
      doubt(60, true),
      'unconfirmed',
    ],
  ] as const)('with %s', (_, guarantees, canFind, given, expected) => {
    expect(reconcile(guarantees, canFind, timeoutMs, given).kind).toBe(expected)
  })

  it('is looked for only when it must be visible, counted from the last that may have left', () => {
    const given = { ...doubt(40), lastSentAt: at(20) }
    expect(reconcile({ idempotency: none, readBack }, true, timeoutMs, given)).toEqual({
      kind: 'wait',
      until: at(55),
    })
  })
})
