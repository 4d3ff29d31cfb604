import type { Channel } from '@hamava/contracts'
import { newId } from '@hamava/service-kit'

/** A channel on the sandbox that is in order, as publishing tells of it. */
export function aChannel(workspaceId: string, handle: string): Channel {
  return {
    id: newId('channel'),
    workspaceId,
    network: 'sandbox',
    externalId: handle,
    handle,
    name: handle,
    url: null,
    health: 'ok',
    healthReason: null,
    scopes: [],
    expiresAt: null,
    unreadable: null,
    limits: {},
    createdAt: new Date().toISOString(),
    version: 1,
  }
}
