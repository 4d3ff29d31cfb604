import type { Fault } from './fault.ts'

const area = 'problem bodies'
const file = 'apps/gateway/src/http/problem.filter.ts'

export const problemBodies: readonly Fault[] = [
  {
    id: 'problems/no-fix',
    area,
    file,
    find: '    fix: fillIn(fix[language], refusal.params),\n',
    replace: '',
    what: 'a refusal does not say what to do',
    signs: [{ oracle: 'problems', what: /'fix'/ }],
  },
  {
    id: 'problems/status',
    area,
    file,
    find: '    status,\n    detail',
    replace: '    status: 400,\n    detail',
    what: 'the body of a refusal names another status',
    signs: [{ oracle: 'problems', what: /says status/ }],
  },
  {
    id: 'problems/plain-json',
    area,
    file,
    find: `'application/problem+json; charset=utf-8'`,
    replace: `'application/json; charset=utf-8'`,
    what: 'a refusal is any JSON',
    signs: [{ oracle: 'problems', what: /(401|403|404|409|422) that is no problem: content type/ }],
  },
  {
    id: 'problems/unknown-is-forbidden',
    area,
    file: 'packages/contracts/src/problems.ts',
    find: '  unauthenticated: 401,',
    replace: '  unauthenticated: 403,',
    what: 'whoever is not known is told that they may not',
    signs: [{ oracle: 'problems', what: /instead of 401/ }],
  },
  {
    id: 'problems/language',
    area,
    file,
    find: `?.trim().startsWith('fa') ? 'fa' : 'en'`,
    replace: `?.trim().startsWith('fa') ? 'en' : 'en'`,
    what: 'nobody is told in Persian',
    signs: [{ oracle: 'input', what: /Persian/ }],
  },
]
