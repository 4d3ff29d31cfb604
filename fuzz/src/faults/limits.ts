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
    find: '.int().min(1).max(100)',
    replace: '.int().min(0).max(100)',
    what: 'a page of no items may be asked for',
    signs: [{ oracle: 'limits', what: /a limit of none/ }],
  },
  {
    id: 'limits/fractions',
    area,
    file: 'packages/contracts/src/page.ts',
    find: 'z.coerce.number().int().min(1)',
    replace: 'z.coerce.number().transform(Math.floor).pipe(z.number().min(1))',
    what: 'half an item may be asked for',
    signs: [{ oracle: 'limits', what: /no whole number/ }],
  },
  {
    id: 'limits/untold',
    area,
    file: 'apps/gateway/src/http/rate-limiter.ts',
    find: `reply.header('RateLimit-Policy', `,
    replace: `reply.header('X-RateLimit-Policy', `,
    what: 'nobody is told how often they may ask',
    signs: [{ oracle: 'limits', what: /RateLimit/ }],
  },
]
