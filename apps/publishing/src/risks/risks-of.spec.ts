import { describe, expect, it } from '@jest/globals'
import { type Outlook, risksOf } from './risks-of.ts'

const dueAt = new Date('2027-03-21T06:00:00Z')
const row = {
  kind: 'post' as const,
  workspaceId: 'ws',
  channelId: 'ch',
  network: 'sandbox',
  campaignId: 'nowruz',
  dueAt,
  snapshot: { parts: [{ role: 'post', text: 'سلام', assets: [] as object[] }], settings: {} },
  snapshotHash: 'h',
  approvedHash: 'h',
}
const image = (bytes: number) => ({
  id: 'ast',
  kind: 'image',
  mime: 'image/png',
  bytes,
  width: 10,
  height: 10,
  alt: 'x',
})
const channel = {
  handle: '@hamava',
  health: 'ok' as const,
  limits: {},
  healthReason: null,
  removedAt: null,
  expiresAt: null,
  scopes: ['read', 'write:statuses'],
}
const hold = {
  workspaceId: 'ws',
  channelId: null,
  network: null,
  campaignId: null,
  reason: 'storm',
  until: null,
}
const calm: Outlook = {
  channel,
  renews: true,
  scopes: { publish: ['write:statuses'], media: ['write:media'] },
  holds: [],
  isBeyondQuota: false,
}
const codes = (change: Partial<Outlook>, of = row) =>
  risksOf(of, { ...calm, ...change }).map(({ code }) => code)
const before = new Date('2027-03-21T05:59:59Z')

describe('the forecast', () => {
  it('sees nothing where nothing stands in the way', () => {
    expect(codes({})).toEqual([])
  })

  it.each<[string, Partial<Outlook>]>([
    ['channel_gone', { channel: null }],
    ['channel_gone', { channel: { ...channel, removedAt: before } }],
    ['channel_needs_reconnect', { channel: { ...channel, health: 'reconnect' } }],
    ['token_expires', { channel: { ...channel, expiresAt: before }, renews: false }],
    ['scope_missing', { channel: { ...channel, scopes: ['read'] } }],
    ['channel_held', { holds: [hold] }],
    ['channel_held', { holds: [{ ...hold, campaignId: 'nowruz' }] }],
    ['quota_used_up', { isBeyondQuota: true }],
  ])('tells of %s', (code, change) => {
    expect(codes(change)).toEqual([code])
  })

  it.each<[string, Partial<Outlook>]>([
    ['access that is renewed in time', { channel: { ...channel, expiresAt: before } }],
    ['a wider scope', { channel: { ...channel, scopes: ['write'] } }],
    ['a hold that ends before', { holds: [{ ...hold, until: before }] }],
    ['a hold of another campaign', { holds: [{ ...hold, campaignId: 'yalda' }] }],
    ['a hold of another workspace', { holds: [{ ...hold, workspaceId: 'other' }] }],
  ])('is not worried by %s', (_, change) => {
    expect(codes(change)).toEqual([])
  })

  it('tells of content that nobody approved as it is', () => {
    expect(codes({}, { ...row, approvedHash: 'older' })).toEqual(['not_approved'])
  })

  it('tells of media that the network no longer takes, and of the scope for media', () => {
    const parts = [{ role: 'post', text: 'سلام', assets: [image(999_000_000)] }]
    expect(codes({}, { ...row, snapshot: { parts, settings: {} } })).toEqual([
      'scope_missing',
      'media_outside_rules',
    ])
  })
})
