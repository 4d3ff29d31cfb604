import type { Channel, Network } from '../../api/types.ts'

/** How a channel is: what keeps it from publishing, or soon may, the gravest first. */
export type Health = 'reconnect' | 'scopes' | 'waits' | 'expires' | 'ok'

/** Time enough for a person to come back from a holiday. */
const soonMs = 7 * 86_400_000

export function healthOf(
  channel: Pick<Channel, 'health' | 'scopes' | 'waitsUntil' | 'expiresAt' | 'renews'>,
  network: Pick<Network, 'scopes'> | undefined,
  now = Date.now(),
): Health {
  const { health, waitsUntil, expiresAt, renews } = channel
  if (health === 'reconnect') return 'reconnect'
  if (missingScopes(channel, network).length > 0) return 'scopes'
  if (waitsUntil && Date.parse(waitsUntil) > now) return 'waits'
  if (expiresAt && !renews && Date.parse(expiresAt) < now + soonMs) return 'expires'
  return 'ok'
}

/** The scopes that publishing with media needs and the access lacks; `write` grants `write:statuses` too. */
export function missingScopes(
  { scopes: granted }: Pick<Channel, 'scopes'>,
  network: Pick<Network, 'scopes'> | undefined,
): string[] {
  const needed = network?.scopes
  if (!needed) return []
  return [...new Set([...needed.publish, ...needed.media])].filter(
    (scope) => !granted.includes(scope) && !granted.includes(scope.split(':')[0] ?? ''),
  )
}
