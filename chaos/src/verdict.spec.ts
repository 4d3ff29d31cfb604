import { describe, expect, it } from '@jest/globals'
import { faultKindNames, minimumOf } from './fault-kinds.ts'
import { tableOf } from './print-table.ts'
import { touchesAll, touchesHeld } from './touched.ts'
import { type Evidence, verdictOn } from './verdict.ts'

const dueAt = 1_000_000
const minutes = 0.4
const answered = ['drop_reply', '429', '5xx', 'done_503', 'cut', 'latency']

/** Publications, one of each class, all live 40 ms after they were due; and every kind of fault, elsewhere. */
function aGoodRun() {
  const keyings = ['key', 'late', 'readable', 'none'] as const
  const expected = keyings.map((keyed) => ({
    handle: `chaos-${keyed}`,
    keyed,
    texts: ['one', 'two'],
    dueAt,
    writtenAt: null as number | null,
    isBurst: true,
  }))
  const posts = expected.flatMap(({ handle, texts }) =>
    texts.map((text, part) => ({
      id: `p_${handle}_${part}`,
      handle,
      text,
      acceptedAt: dueAt + 40 + part,
    })),
  )
  const ledger = expected.map(({ handle }) => ({
    id: `pub_${handle}`,
    handle,
    text: 'one',
    state: 'published',
    plannedAt: dueAt - 60_000,
    settledAt: dueAt + 50,
    remoteId: `p_${handle}_0` as string | null,
    parts: [0, 1].map((part) => ({ part, id: `p_${handle}_${part}` })),
  }))
  const faults = faultKindNames.flatMap((kind) =>
    Array.from({ length: minimumOf(kind, minutes) }, () => ({
      kind,
      startedAt: 0,
      endedAt: 0,
      touches: [touchesAll(0, 0, 0)],
    })),
  )
  const met = [...answered, 'rewrite', 'stale_list'].map((kind) => ({
    kind,
    handle: 'another',
    request: 'POST /posts',
    idempotencyKey: 'pub_another-0' as string | null,
    at: 0,
    waitMs: 0,
  }))
  const journal = { posts, faults: met }
  return { expected, journal, ledger, faults, minutes, afterMs: 4_000, tooLateMs: 1_000 }
}

type Run = ReturnType<typeof aGoodRun>
const failuresAfter = (spoil: (run: Run) => void) => {
  const run = aGoodRun()
  spoil(run)
  return verdictOn(run as Evidence).failures
}
const first = <T>(list: T[]): T => {
  const [one] = list
  if (one === undefined) throw new Error('the list is empty')
  return one
}

describe('the verdict', () => {
  it('finds nothing wrong with a good run, and counts it by class', () => {
    const verdict = verdictOn(aGoodRun())
    expect(verdict.failures).toEqual([])
    expect(verdict.rows.map(({ name, published }) => [name, published])).toEqual([
      ['key', 1],
      ['late', 1],
      ['readable', 1],
      ['none', 1],
      ['all', 4],
    ])
    expect(verdict.rows.at(-1)?.untouched).toEqual({ count: 4, p50: 40, p99: 40, max: 40 })
    expect(verdict.burst.untouched.count).toBe(4)
    expect(tableOf(verdict)).toContain('PASSED')
  })

  it('sees a duplicate, whatever the ledger says', () => {
    const spoil = (run: Run) => {
      run.journal.posts.push({ ...first(run.journal.posts), id: 'p_again' })
    }
    expect(failuresAfter(spoil)).toEqual(['1 duplicates'])
  })

  it('sees a part of a thread that came twice', () => {
    const spoil = (run: Run) => {
      const part = run.journal.posts.find(({ text }) => text === 'two')
      if (part) run.journal.posts.push({ ...part, id: 'p_again' })
    }
    expect(failuresAfter(spoil)).toEqual(['1 duplicates'])
  })

  it.each(['failed', 'missed', 'held', 'cancelled'])('counts %s as lost', (state) => {
    const spoil = (run: Run) => Object.assign(first(run.ledger), { state })
    expect(failuresAfter(spoil)).toEqual(['1 lost'])
  })

  it('counts as lost what the ledger has never heard of', () => {
    expect(failuresAfter((run) => run.ledger.shift())).toEqual(['1 lost'])
  })

  it('sees that something is said to be published and is not', () => {
    expect(failuresAfter((run) => run.journal.posts.splice(1, 1))).toEqual([
      '1 published in the ledger and not on the network',
    ])
  })

  it('believes published only with the network’s own id', () => {
    const spoil = (run: Run) => Object.assign(first(run.ledger), { remoteId: 'p_other' })
    expect(failuresAfter(spoil)).toEqual(['1 published in the ledger and not on the network'])
  })

  it.each(['planned', 'sending', 'pending'])('does not wait for ever for %s', (state) => {
    const spoil = (run: Run) => Object.assign(first(run.ledger), { state })
    expect(failuresAfter(spoil)).toEqual(['1 not settled in time'])
  })

  it('lets a person be asked only where the network can tell nothing', () => {
    const ask = (handle: string) => (run: Run) => {
      const row = run.ledger.find((one) => one.handle === handle)
      if (row) row.state = 'unconfirmed'
    }
    expect(failuresAfter(ask('chaos-none'))).toEqual([])
    for (const keyed of ['key', 'readable'])
      expect(failuresAfter(ask(`chaos-${keyed}`))).toEqual([
        `1 unconfirmed although their network can tell (${keyed})`,
      ])
  })

  it('sees what is live before it is due', () => {
    const spoil = (run: Run) => Object.assign(first(run.journal.posts), { acceptedAt: dueAt - 50 })
    expect(failuresAfter(spoil)).toEqual(['1 live before they were due'])
  })

  it('names every kind of fault that came too seldom', () => {
    const spoil = (run: Run) => {
      run.faults = run.faults.filter(({ kind }) => kind !== 'nats killed')
      run.journal.faults = run.journal.faults.filter(({ kind }) => kind !== '429')
    }
    expect(failuresAfter(spoil)).toEqual([
      'nats killed: 0 times instead of 1',
      'answered 429: 0 times instead of 1',
    ])
  })

  it('prints what failed, and which publications', () => {
    const run = aGoodRun()
    Object.assign(first(run.ledger), { state: 'failed' })
    const table = tableOf(verdictOn(run))
    expect(table).toContain('FAILED:\n  1 lost')
    expect(table).toContain('lost: pub_chaos-key')
  })
})

describe('lateness', () => {
  const late = (run: Run, ms = 1_500) => {
    first(run.journal.posts).acceptedAt = dueAt + ms
  }
  const isLate = ['p99 lateness of what no fault touched is 1500 ms']

  it('counts where no fault touched', () => {
    expect(failuresAfter(late)).toEqual(isLate)
  })

  it('counts where a fault was over long before, or came when it was late already', () => {
    const faulty = (startedAt: number, endedAt: number) => (run: Run) => {
      late(run)
      first(run.faults).touches = [touchesAll(startedAt, endedAt, 4_000)]
    }
    expect(failuresAfter(faulty(dueAt - 9_000, dueAt - 4_001))).toEqual(isLate)
    expect(failuresAfter(faulty(dueAt + 1_001, dueAt + 3_000))).toEqual(isLate)
  })

  it('is excused for one that a fault touched, and only for that one', () => {
    const held = (id: string) => (run: Run) => {
      late(run)
      first(run.faults).touches = touchesHeld(dueAt + 100, dueAt + 100, 4_000, new Set([id]))
    }
    expect(failuresAfter(held('pub_chaos-key'))).toEqual([])
    expect(failuresAfter(held('pub_chaos-none'))).toEqual(isLate)
  })

  it('is excused by the network’s faults on the requests that met them', () => {
    const met = (idempotencyKey: string | null, handle: string, at: number) => (run: Run) => {
      late(run)
      const request = idempotencyKey ? 'POST /posts' : 'POST /media'
      run.journal.faults.push({ kind: '5xx', handle, request, idempotencyKey, at, waitMs: 0 })
    }
    expect(failuresAfter(met('pub_chaos-key-0', 'chaos-key', dueAt + 30))).toEqual([])
    expect(failuresAfter(met('pub_other-0', 'chaos-key', dueAt + 30))).toEqual(isLate)
    expect(failuresAfter(met(null, 'chaos-key', dueAt + 30))).toEqual([])
    expect(failuresAfter(met(null, 'chaos-none', dueAt + 30))).toEqual(isLate)
    expect(failuresAfter(met('pub_chaos-key-0', 'chaos-key', dueAt + 1_200))).toEqual(isLate)
  })

  it('is not excused by a fault that met somebody else’s request', () => {
    const polled = (run: Run) => {
      late(run)
      const fault = { kind: '5xx', handle: 'chaos-key', idempotencyKey: null, waitMs: 0 }
      run.journal.faults.push({ ...fault, request: 'GET /inbox', at: dueAt + 30 })
    }
    expect(failuresAfter(polled)).toEqual(isLate)
  })

  it('is excused on a channel that was told to wait, as long as it was told', () => {
    const told = (waitMs: number) => (run: Run) => {
      late(run)
      const at = dueAt - 2_000
      const idempotencyKey = 'pub_other-0'
      const fault = { kind: '429', handle: 'chaos-key', idempotencyKey, at, waitMs }
      run.journal.faults.push({ ...fault, request: 'POST /posts' })
    }
    expect(failuresAfter(told(3_000))).toEqual([])
    expect(failuresAfter(told(1_000))).toEqual(isLate)
  })

  it('is excused for what was written amid faults and could not reach publishing in time', () => {
    const written = (startedAt: number) => (run: Run) => {
      late(run)
      first(run.expected).writtenAt = dueAt - 8_000
      first(run.ledger).plannedAt = dueAt + 1_400
      Object.assign(first(run.faults), { startedAt, endedAt: startedAt, touches: [] })
    }
    expect(failuresAfter(written(dueAt - 7_000))).toEqual([])
    expect(failuresAfter(written(dueAt + 1_450))).toEqual(isLate)
  })

  it('has to be seen on something', () => {
    const everything = (run: Run) => {
      first(run.faults).touches = [touchesAll(dueAt, dueAt, 0)]
    }
    expect(failuresAfter(everything)).toEqual([
      'no publication was left untouched, so none was on time',
    ])
  })
})

describe('a channel keeps its order, so', () => {
  const behind = (settledAt: number) => {
    const run = aGoodRun()
    const [first] = run.ledger
    if (first) first.settledAt = settledAt
    run.faults.push({
      kind: 'publisher killed',
      startedAt: dueAt,
      endedAt: dueAt,
      touches: [touchesHeld(dueAt, dueAt, 0, new Set(['pub_chaos-key']))[1] ?? touchesAll(0, 0, 0)],
    })
    run.expected.push({
      handle: 'chaos-key',
      keyed: 'key',
      texts: ['behind'],
      dueAt: dueAt + 2_000,
      writtenAt: null,
      isBurst: false,
    })
    run.journal.posts.push({
      id: 'p_behind',
      handle: 'chaos-key',
      text: 'behind',
      acceptedAt: dueAt + 9_000,
    })
    run.ledger.push({
      id: 'pub_behind',
      handle: 'chaos-key',
      text: 'behind',
      state: 'published',
      plannedAt: dueAt - 60_000,
      settledAt: dueAt + 9_000,
      remoteId: 'p_behind',
      parts: [{ part: 0, id: 'p_behind' }],
    })
    return verdictOn(run).failures
  }

  it('who was due while one before them, touched by a fault, was not settled, counts as touched', () => {
    expect(behind(dueAt + 3_000)).toEqual([])
  })

  it('who was due after that one was settled counts as late', () => {
    expect(behind(dueAt + 1_000)).toEqual([
      expect.stringContaining('p99 lateness of what no fault touched'),
    ])
  })
})
