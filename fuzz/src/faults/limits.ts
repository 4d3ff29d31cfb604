import type { Fault } from './fault.ts'

const area = 'limits'

export const limits: readonly Fault[] = [
  {
    id: 'limits/one-more',
    area,
    file: 'packages/service-kit/src/database/keyset.ts',
    find: 'const shown = rows.slice(0, query.limit)',
    replace: 'const shown = rows',
    what: 'a page has one item more than asked for',
    signs: [{ oracle: 'limits', what: /more items/ }],
  },
  {
    id: 'limits/none',
    area,
    file: 'packages/contracts/src/page.ts',
    find: '.min(1).max(most)',
    replace: '.min(0).max(most)',
    what: 'a page of no items may be asked for',
    signs: [{ oracle: 'limits', what: /a limit of none/ }],
  },
  {
    id: 'limits/notations',
    area,
    file: 'packages/contracts/src/page.ts',
    find: '/^\\d{1,9}$/.test(value) ? Number(value)',
    replace: `value !== '' ? Number(value)`,
    what: 'a number may be written as JavaScript has it',
    signs: [{ oracle: 'limits', what: /another notation/ }],
  },
  {
    id: 'limits/untold',
    area,
    file: 'apps/gateway/src/throttles/rate-limiter.ts',
    find: `reply.header('RateLimit-Policy', `,
    replace: `reply.header('X-RateLimit-Policy', `,
    what: 'nobody is told how often they may ask',
    signs: [{ oracle: 'limits', what: /RateLimit/ }],
  },
]
