import type { Fault } from './fault.ts'

const area = 'problem bodies'
const file = 'apps/gateway/src/http/problems/problem-of.ts'

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
    find: 'status: statusOf(refusal),',
    replace: 'status: 400,',
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
    hides: 'problems/',
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
    // It is the header of 401.
    hides: 'problems/no-scheme',
  },
  {
    id: 'problems/language',
    area,
    file: 'apps/gateway/src/http/problems/language.ts',
    find: `return first === 'fa' ? 'fa' : 'en'`,
    replace: `return first === 'fa' ? 'en' : 'en'`,
    what: 'nobody is told in Persian',
    signs: [{ oracle: 'input', what: /Persian|languages/ }],
  },
  {
    id: 'problems/no-allow',
    area,
    file,
    find: '    ...(status === 405 && allow && { Allow: allow }),\n',
    replace: '',
    what: 'who asks in the wrong way is not told the right ones',
    signs: [{ oracle: 'problems', what: /405 without allow/ }],
  },
  {
    id: 'problems/no-scheme',
    area,
    file,
    find: `    ...(status === 401 && { 'WWW-Authenticate': 'Bearer realm="Hamava"' }),\n`,
    replace: '',
    what: 'who is not known is not told how to be',
    signs: [{ oracle: 'problems', what: /401 without www-authenticate/ }],
  },
]
