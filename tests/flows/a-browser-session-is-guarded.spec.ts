import { describe, expect, it } from '@jest/globals'
import { api, dev } from './stack/api.ts'
import { asThem, somebody } from './stack/somebody.ts'

describe('a browser session', () => {
  it('needs its CSRF token for every change', async () => {
    const login = await fetch(`${dev.gatewayUrl}/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: dev.email, password: dev.password }),
    })
    const cookie = login.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
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

  it('keeps how a person wants to read, for their other devices too', async () => {
    const reader = await somebody('viewer', 'خواننده')
    const [laptop, phone] = [await asThem(reader), await asThem(reader)]
    const read = async () =>
      (await api<{ preferences: object | null }>('GET', '/v1/me', undefined, phone)).body
        .preferences
    expect(await read()).toBeNull()
    const wanted = {
      language: 'fa',
      calendar: 'gregory',
      digits: 'latn',
      zone: 'Europe/Berlin',
      theme: 'dark',
      singleKeys: false,
    }
    expect((await api('PUT', '/v1/me/preferences', wanted, laptop)).status).toBe(200)
    expect(await read()).toEqual(wanted)
    const refused = await api('PUT', '/v1/me/preferences', { ...wanted, zone: 'Mars/Base' }, laptop)
    expect(refused.status).toBe(422)
    expect(await read()).toEqual(wanted)
  })
})
