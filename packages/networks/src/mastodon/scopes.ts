import { type Connected, NetworkError, type Tools } from '../connector.ts'
import { Failed } from '../failure.ts'
import { reasons } from '../reasons.ts'
import { api } from './api.ts'
import { manifest } from './index.ts'

type Access = Parameters<typeof api.postNothing>[0]

/** The scopes of our access, found by requests that need a right but have no effect. */
export async function scopesOf(access: Access, tools: Tools): Promise<Connected['scopes']> {
  const probes: [scope: string, ask: () => Promise<unknown>][] = [
    ['read', () => api.mentions(access, '', null, tools)],
    ['write:statuses', () => api.postNothing(access, tools)],
    ['write:media', () => api.uploadNothing(access, tools)],
  ]
  const granted: string[] = []
  for (const [scope, ask] of probes) if (await isGranted(ask)) granted.push(scope)
  if (granted.includes('write:statuses')) return granted
  throw new NetworkError('rejected', reasons.accessMissing(manifest.name, 'write:statuses'))
}

/** A request refused for its content, and not for lack of rights, shows that the right is granted. */
async function isGranted(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    const { kind, reason } = error.failure
    if (kind === 'reconnect') return false
    if (kind === 'rejected') return reason.code !== 'forbidden'
    throw error
  }
}
