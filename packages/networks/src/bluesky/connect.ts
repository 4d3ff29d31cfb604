import { type Connect, NetworkError } from '../connector.ts'
import { connecting, Failed, reading } from '../failure.ts'
import { requiredField, serverAddress } from '../server-address.ts'
import { api } from './api.ts'
import { type BlueskyCredentials, credentials, expiryOf } from './credentials.ts'
import { manifest } from './index.ts'

const defaultService = 'https://bsky.social'

export const connect: Connect<BlueskyCredentials> = {
  credentials,

  verify: (fields, tools) =>
    connecting(manifest.name, async () => {
      const service = serverAddress(manifest, 'service', fields.service || defaultService)
      const identifier = requiredField(manifest, fields, 'handle').replace(/^@/, '')
      const password = requiredField(manifest, fields, 'appPassword')
      const session = await api
        .createSession(service, identifier, password, tools)
        .catch((error: unknown) => {
          throw isRefused(error) ? wrongPassword(error) : error
        })
      const { did, handle, accessJwt, refreshJwt } = session
      return {
        credentials: { service, did, handle, accessJwt, refreshJwt },
        account: {
          externalId: did,
          handle,
          name: handle,
          url: `https://bsky.app/profile/${handle}`,
        },
        expiresAt: expiryOf(accessJwt),
        scopes: [],
      }
    }),

  async refresh(held, tools) {
    try {
      const { handle, accessJwt, refreshJwt } = await api.refreshSession(held, tools)
      return {
        kind: 'refreshed',
        credentials: { ...held, handle, accessJwt, refreshJwt },
        expiresAt: expiryOf(accessJwt),
      }
    } catch (error) {
      if (!(error instanceof Failed)) throw error
      const { kind, reason } = error.failure
      return { kind: kind === 'reconnect' ? 'revoked' : 'temporary', reason }
    }
  },

  revoke: (held, tools) => reading(async () => void (await api.deleteSession(held, tools))),

  accessOnly({ refreshJwt: _, ...access }) {
    return access
  },
}

const isRefused = (error: unknown): error is Failed =>
  error instanceof Failed && error.failure.kind === 'reconnect'

const wrongPassword = ({ failure }: Failed) =>
  new NetworkError('rejected', {
    code: 'wrong_password',
    message: {
      en: 'Bluesky did not accept this handle with this app password.',
      fa: 'بلواسکای این شناسه را با این گذرواژهٔ برنامه نپذیرفت.',
    },
    fix: {
      en: 'Check the handle, and make a new app password under Settings → Privacy and security.',
      fa: 'شناسه را بررسی کنید و در Settings → Privacy and security گذرواژهٔ برنامهٔ تازه‌ای بسازید.',
    },
    ...(failure.reason.detail ? { detail: failure.reason.detail } : {}),
  })
