import type { Fault } from './fault.ts'

const area = 'idempotency'
const file = 'packages/bus/src/requests/idempotency.ts'

export const idempotency: readonly Fault[] = [
  {
    id: 'idempotency/any-body',
    area,
    file,
    find: `  if (earlier.fingerprint !== fingerprint) throw new AppError('idempotency_key_reused')\n`,
    replace: '',
    what: 'a key that stood for another request gets the answer of that',
    signs: [{ oracle: 'replays', what: /another request with the same key/ }],
  },
  {
    id: 'idempotency/no-replay',
    area,
    file,
    find: '  if (!earlier) return null\n',
    replace: '  if (!earlier || earlier.fingerprint === fingerprint) return null\n',
    what: 'the answer that was kept is not given again',
    signs: [{ oracle: 'replays', what: /answered with 409/ }],
  },
  {
    id: 'idempotency/nothing-kept',
    area,
    file,
    find: 'return idempotency ? [{ ...idempotency, reply: { value } }] : []',
    replace: `return idempotency?.key === '' ? [{ ...idempotency, reply: { value } }] : []`,
    what: 'no answer is kept, so that everything is done again',
    hides: 'idempotency/',
    signs: [
      { oracle: 'replays', what: /does it again|answered otherwise|done twice/ },
      { oracle: 'replays', what: /answered with (404|409|412|422)/ },
    ],
  },
  {
    id: 'idempotency/unsaid',
    area,
    file: 'packages/bus/src/requests/idempotency.interceptor.ts',
    find: 'replayed: true }',
    replace: 'replayed: false }',
    what: 'a replay does not say that it is one',
    signs: [{ oracle: 'replays', what: /does not say/ }],
  },
]
