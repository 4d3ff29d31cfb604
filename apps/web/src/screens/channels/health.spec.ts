import { describe, expect, it } from '@jest/globals'
import { healthOf, missingScopes } from './health.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const fine = {
  health: 'ok' as const,
  scopes: ['read', 'write'],
  waitsUntil: null,
  expiresAt: null,
  renews: true,
}
const network = { scopes: { publish: ['write:statuses'], media: ['write:media'] } }
const health = (change: Partial<typeof fine> | object) =>
  healthOf({ ...fine, ...change }, network, now)

describe('the health of a channel', () => {
  it('is good where a wider scope grants the one that is needed', () => {
    expect(health({})).toBe('ok')
    expect(healthOf({ ...fine, scopes: [] }, {}, now)).toBe('ok')
  })

  it('tells of access that is lost, too narrow, or ends soon with nobody to renew it', () => {
    expect(health({ health: 'reconnect', scopes: [] })).toBe('reconnect')
    expect(health({ scopes: ['read', 'write:statuses'] })).toBe('scopes')
    expect(missingScopes({ scopes: ['write:statuses'] }, network)).toEqual(['write:media'])
    const expiresAt = '2026-11-25T12:00:00Z'
    expect(health({ expiresAt })).toBe('ok')
    expect(health({ expiresAt, renews: false })).toBe('expires')
    expect(health({ expiresAt: '2026-12-25T12:00:00Z', renews: false })).toBe('ok')
  })

  it('tells that it waits for its network, as long as it does', () => {
    expect(health({ waitsUntil: '2026-11-22T12:05:00Z' })).toBe('waits')
    expect(health({ waitsUntil: '2026-11-22T11:55:00Z' })).toBe('ok')
  })
})
