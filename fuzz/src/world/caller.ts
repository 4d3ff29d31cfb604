/** Somebody who asks, as the system told us what they may do. */
export interface Caller {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly permissions: ReadonlySet<string>
  /** The only channels they may touch; null means all of their workspace. */
  readonly channelIds: readonly string[] | null
  readonly workspace: 'ours' | 'other' | 'none'
  readonly workspaceId: string | null
  readonly memberId: string | null
  readonly via: 'session' | 'api_key' | 'nobody'
  /** With which they log in; the run knows their password. */
  readonly email?: string | undefined
  /** When a key ends by itself. */
  readonly expiresAt?: number
}

export const nobody: Caller = {
  name: 'nobody',
  headers: {},
  permissions: new Set(),
  channelIds: null,
  workspace: 'none',
  workspaceId: null,
  memberId: null,
  via: 'nobody',
}

/** Whether a route lets them in as far as permissions go. */
export function mayCall({ permissions, via }: Caller, permission: string): boolean {
  if (permission === 'public') return true
  if (permission === 'person') return via === 'session'
  return via !== 'nobody' && (permission === 'logged-in' || permissions.has(permission))
}
