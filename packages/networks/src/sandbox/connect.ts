import type { Connect } from '../connector.ts'
import { connecting, Failed } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { api } from './api.ts'
import { credentials, type SandboxCredentials } from './credentials.ts'
import { manifest } from './index.ts'

export const connect: Connect<SandboxCredentials> = {
  credentials,

  verify: (fields, tools) =>
    connecting(manifest.name, async () => {
      const url = serverAddress(manifest, 'url', fields.url)
      const token = requiredField(manifest, fields, 'token')
      const refreshToken = fields.refreshToken?.trim() || undefined
      const { handle, name, keyed, expiresAt } = await api.me({ url, token }, tools)
      return {
        credentials: { url, token, handle, keyed, ...(refreshToken ? { refreshToken } : {}) },
        account: { externalId: handle, handle, name, url: `${url}/?account=${handle}` },
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
        scopes: [],
      }
    }),

  async refresh(held, tools) {
    const { refreshToken, ...access } = held
    try {
      if (refreshToken === undefined) {
        // Without a refresh token, only check that the access still works.
        await api.me(access, tools)
        return { kind: 'refreshed', credentials: held, expiresAt: null }
      }
      const fresh = await api.refresh(access, refreshToken, tools)
      return {
        kind: 'refreshed',
        credentials: {
          ...access,
          token: fresh.token,
          ...(fresh.refreshToken ? { refreshToken: fresh.refreshToken } : {}),
        },
        expiresAt: fresh.expiresAt === null ? null : new Date(fresh.expiresAt),
      }
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      const { kind, reason } = error.failure
      return { kind: kind === 'reconnect' ? 'revoked' : 'temporary', reason }
    }
  },

  accessOnly({ refreshToken: _, ...access }) {
    return access
  },
}
