import type { Fault } from './fault.ts'

const area = 'schemas'

export const schemas: readonly Fault[] = [
  {
    id: 'schemas/hold-is-open',
    area,
    file: 'packages/contracts/src/holds.ts',
    find: '  .strictObject({\n    scope: holdScope,',
    replace: '  .object({\n    scope: holdScope,',
    what: 'unknown fields of a hold are dropped without a word',
    signs: [{ oracle: 'input', operations: ['placeHold'], what: /unknown field/ }],
  },
  {
    id: 'schemas/post-is-open',
    area,
    file: 'packages/contracts/src/posts.ts',
    find: '  .strictObject({ ...said, schedule: scheduleInput.optional() })',
    replace: '  .object({ ...said, schedule: scheduleInput.optional() })',
    what: 'unknown fields of a post are dropped without a word',
    signs: [{ oracle: 'input', operations: ['createPost', 'validatePost'], what: /unknown field/ }],
  },
  {
    id: 'schemas/key-time',
    area,
    file: 'apps/gateway/src/identity/to-identity.ts',
    find: '    createdAt: row.createdAt.toISOString(),',
    replace: '    createdAt: row.createdAt.toString(),',
    what: 'the time of a key is told in no form of the document',
    signs: [{ oracle: 'document', operations: ['listApiKeys', 'createApiKey'], what: /createdAt/ }],
  },
  {
    id: 'schemas/audit-time',
    area,
    file: 'apps/gateway/src/audit/audit.service.ts',
    find: 'at: at.toISOString()',
    replace: 'at: String(at)',
    what: 'the time of an entry is told in no form of the document',
    signs: [{ oracle: 'document', operations: ['listAuditEvents'], what: /at must/ }],
  },
  {
    id: 'schemas/zones',
    area,
    file: 'packages/contracts/src/page.ts',
    find: '  if (/^[+-]/.test(name)) return false\n',
    replace: '',
    what: 'an offset passes for a zone',
    signs: [{ oracle: 'input', what: /an offset as a zone/ }],
  },
  {
    id: 'schemas/key-of-yesterday',
    area,
    file: 'packages/contracts/src/identity.ts',
    find: `      .refine((at) => Date.parse(at) > Date.now(), 'is in the past')\n`,
    replace: '',
    what: 'a key may be made that has ended already',
    signs: [{ oracle: 'input', operations: ['createApiKey'], what: /long past/ }],
  },
  {
    id: 'schemas/half-characters',
    area,
    file: 'apps/gateway/src/http/well-formed.ts',
    find: ' || !value.isWellFormed()',
    replace: '',
    what: 'halves of characters pass',
    signs: [
      { oracle: 'input', what: /half a character/ },
      { oracle: 'server errors', what: /half a character/ },
    ],
  },
  {
    id: 'schemas/nul',
    area,
    file: 'apps/gateway/src/http/well-formed.ts',
    find: `value.includes('\\0') || `,
    replace: '',
    what: 'a NUL passes, which PostgreSQL does not take',
    signs: [
      { oracle: 'server errors', what: /a NUL$|with a NUL/ },
      { oracle: 'input', what: /a NUL/ },
    ],
  },
]
