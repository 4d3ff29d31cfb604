import { randomUUID } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { api } from './stack/api.ts'

it('a member who is asked for several times at once is added once, and the others say so', async () => {
  const body = {
    email: `twice-${randomUUID()}@example.org`,
    name: 'مینا',
    role: 'editor',
    password: 'یک گذرواژهٔ بلند',
  }
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => api<{ code?: string }>('POST', '/v1/members', body)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  expect(answers.flatMap(({ body: { code } }) => code ?? [])).toEqual(
    Array.from({ length: 3 }, () => 'member_exists'),
  )
})
