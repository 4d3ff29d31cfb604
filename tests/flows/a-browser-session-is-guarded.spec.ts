import { describe, expect, it } from '@jest/globals'
import { dev } from './stack/api.ts'

describe('a browser session', () => {
  it('needs its CSRF token for every change', async () => {
    const login = await fetch(`${dev.gatewayUrl}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: dev.email, password: dev.password }),
    })
    const cookie = login.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const { csrfToken } = (await login.json()) as { csrfToken: string }
    const logout = (headers: Record<string, string>) =>
      fetch(`${dev.gatewayUrl}/v1/logout`, {
        method: 'POST',
        headers: { cookie: cookie.split(';')[0] ?? '', ...headers },
      })
    expect((await logout({})).status).toBe(403)
    expect((await logout({ 'x-csrf-token': csrfToken })).status).toBe(200)
    expect((await logout({ 'x-csrf-token': csrfToken })).status).toBe(401)
  })
})
