import { randomUUID } from 'node:crypto'
import { api } from './api.ts'

export interface Somebody {
  id: string
  name: string
  email: string
  password: string
}

/**
 * A new member of the demo workspace. What follows a person everywhere, like the language they chose, is tried by
 * somebody of one's own: chosen as the owner of the demo, it would follow into every other spec.
 */
export async function somebody(role: string, name = 'مینا'): Promise<Somebody> {
  const login = {
    email: `${role}-${randomUUID().slice(0, 8)}@example.org`,
    password: 'یک گذرواژهٔ بلند',
  }
  const { status, body } = await api<{ id: string }>('POST', '/v1/members', {
    ...login,
    name,
    role,
  })
  if (status !== 201) throw new Error(`no new member: ${status} ${JSON.stringify(body)}`)
  return { id: body.id, name, ...login }
}

/** The headers of a request by them. */
export async function asThem({ email, password }: Somebody): Promise<Record<string, string>> {
  const { body } = await api<{ token: string }>('POST', '/v1/login', { email, password })
  return { authorization: `Bearer ${body.token}` }
}
