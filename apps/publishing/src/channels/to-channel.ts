import type { Channel, ChannelDetail } from '@hamava/contracts'
import type { ChannelRow } from './channel.entity.ts'

/** A channel as others see it: without its credentials. */
export function toChannel(row: ChannelRow): Channel {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    network: row.network,
    externalId: row.externalId,
    handle: row.handle,
    name: row.name,
    url: row.url,
    health: row.health,
    healthReason: row.healthReason,
    scopes: row.scopes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    unreadable: row.unreadable ?? null,
    limits: row.limits ?? {},
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  }
}

/** With what only this service knows. */
export const toChannelDetail = (
  row: ChannelRow,
  { renews, waitsUntil }: { renews: boolean; waitsUntil: Date | null },
): ChannelDetail => ({
  ...toChannel(row),
  renews,
  waitsUntil: waitsUntil && waitsUntil > new Date() ? waitsUntil.toISOString() : null,
  connectedBy: row.connectedBy,
})
