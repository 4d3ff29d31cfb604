import type { Fault } from './fault.ts'

const area = 'cursors'

export const cursors: readonly Fault[] = [
  {
    id: 'cursors/asset-twice',
    area,
    file: 'apps/content/src/assets/assets.service.ts',
    find: `'a.id < :id'`,
    replace: `'a.id <= :id'`,
    what: 'the last picture of a page is the first of the next one',
    signs: [{ oracle: 'cursors', operations: ['listAssets'], what: /twice|leaves/ }],
  },
  {
    id: 'cursors/calendar-twice',
    area,
    file: 'apps/scheduling/src/calendar/read-calendar.ts',
    find: `'(e.dueAt, e.publicationId) > (:at, :id)'`,
    replace: `'(e.dueAt, e.publicationId) >= (:at, :id)'`,
    what: 'the last entry of a page is the first of the next one',
    signs: [{ oracle: 'cursors', operations: ['listCalendar'], what: /twice|leaves/ }],
  },
  {
    id: 'cursors/hold-order',
    area,
    file: 'apps/publishing/src/holds/read-holds.ts',
    find: `.orderBy('h.placedAt', 'DESC')`,
    replace: `.orderBy('h.placedAt', 'ASC')`,
    what: 'the holds are listed in another order than their cursor goes',
    signs: [{ oracle: 'cursors', operations: ['listHolds'], what: /leaves|twice/ }],
  },
  {
    id: 'cursors/post-order',
    area,
    file: 'apps/content/src/posts/read-posts.ts',
    find: `select.andWhere('p.id < :id', { id: after.id })`,
    replace: `select.andWhere('p.id <= :id', { id: after.id })`,
    what: 'the last post of a page is the first of the next one',
    signs: [{ oracle: 'cursors', operations: ['listPosts'], what: /twice|leaves/ }],
  },
  {
    id: 'cursors/revision-twice',
    area,
    file: 'apps/content/src/posts/read-posts.ts',
    find: `isNewest ? '<' : '>'`,
    replace: `isNewest ? '<=' : '>='`,
    what: 'the last revision of a page is the first of the next one',
    signs: [{ oracle: 'cursors', operations: ['listRevisions'], what: /twice|leaves/ }],
  },
  {
    id: 'cursors/no-next-page',
    area,
    file: 'packages/service-kit/src/database/keyset.ts',
    find: 'rows.length > query.limit && last',
    replace: 'rows.length > query.limit + 1 && last',
    what: 'every list ends with its first page',
    hides: 'cursors/',
    signs: [{ oracle: 'cursors', what: /leaves/ }],
  },
  {
    id: 'cursors/unsigned',
    area,
    file: 'apps/gateway/src/http/signed-cursors.interceptor.ts',
    find: `    if (!isOurs) throw new AppError('bad_cursor')\n`,
    replace: '',
    what: 'a cursor is taken whoever made it',
    signs: [
      { oracle: 'cursors', what: /^a cursor of/ },
      { oracle: 'server errors', what: /cursor/ },
    ],
  },
]
