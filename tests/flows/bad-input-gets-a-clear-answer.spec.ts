import { describe, expect, it } from '@jest/globals'
import { api, channelOn, dev } from './stack/api.ts'

interface Problem {
  code: string
}

describe('bad input', () => {
  it.each([
    ['a past date', { schedule: { at: '2020-01-01T00:00:00Z' } }, 422, 'schedule_in_past'],
    ['no text', { text: '', schedule: { now: true } }, 422, 'post_not_ready'],
    ['too long a text', { text: 'و'.repeat(5000), schedule: { now: true } }, 422, 'post_not_ready'],
    ['no channel', { targets: [], schedule: { now: true } }, 422, 'no_targets'],
    [
      'an unknown zone',
      { schedule: { local: '2029-01-01T10:00', zone: 'Asia/Atlantis' } },
      422,
      'invalid_input',
    ],
    [
      'an offset in place of a zone',
      { schedule: { local: '2029-01-01T10:00', zone: '+03:30' } },
      422,
      'invalid_input',
    ],
    [
      'a day that does not exist',
      { schedule: { local: '2027-02-30T09:00', zone: 'Asia/Tehran' } },
      422,
      'invalid_input',
    ],
    [
      'an hour that does not exist',
      { schedule: { local: '2027-02-20T24:30', zone: 'UTC' } },
      422,
      'invalid_input',
    ],
    ['a NUL in the text', { text: 'a\0b' }, 422, 'invalid_input'],
    ['half an emoji', { text: 'a\ud83d' }, 422, 'invalid_input'],
    ['a misspelt field', { schedle: { now: true } }, 422, 'invalid_input'],
  ])('is refused with words that help: %s', async (_name, change, status, code) => {
    const { id: channelId } = await channelOn('sandbox', 'hamava')
    const body = { text: 'سلام', targets: [{ channelId }], ...change }
    const answer = await api<Problem & { detail: string; fix: string }>('POST', '/v1/posts', body, {
      'accept-language': 'fa',
    })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(answer.body.fix).toMatch(/[\u0600-\u06ff]/)
  })

  it('refuses a key whose time is over before it begins', async () => {
    const key = { name: 'دیر', scopes: ['posts:read'], expiresAt: '2020-01-01T00:00:00Z' }
    const answer = await api<Problem>('POST', '/v1/api-keys', key)
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid_input'])
  })

  it('refuses a file that only claims to be a picture', async () => {
    const form = new FormData()
    form.set('file', new Blob(['<script>alert(1)</script>']), 'innocent.png')
    const answer = await api<Problem>('POST', '/v1/assets', form)
    expect([answer.status, answer.body.code]).toEqual([415, 'file_type'])
  })

  it.each([
    ['a form without an end', { 'content-type': 'multipart/form-data; boundary=x' }, '--x'],
    ['a form that is none', { 'content-type': 'multipart/form-data' }, 'x'],
    ['JSON that is none', { 'content-type': 'application/json' }, '{'],
  ])('refuses %s', async (_name, headers, body) => {
    const response = await fetch(`${dev.gatewayUrl}/v1/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${dev.apiKey}`, ...headers },
      body,
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  it('slows down whoever guesses passwords', async () => {
    const email = `victim-${Date.now()}@example.org`
    const guess = () => api<Problem>('POST', '/v1/login', { email, password: 'guess' })
    const answers = await Promise.all(Array.from({ length: 16 }, guess))
    const codes = answers.map(({ status, body }) => `${status} ${body.code}`)
    expect(new Set(codes)).toEqual(new Set(['401 wrong_credentials', '429 login_throttled']))
    const waits = answers.flatMap(({ headers }) => headers.get('retry-after') ?? [])
    expect(waits.length).toBe(codes.filter((code) => code.startsWith('429')).length)
    expect(waits.every((seconds) => Number(seconds) > 0)).toBe(true)
  })
})
