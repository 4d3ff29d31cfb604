import { expect, it } from '@jest/globals'
import { type Connector, NetworkError } from '../connector.ts'
import { tools } from '../testing/tools.ts'
import { aPart, type ConnectorUnderTest } from './connector-under-test.ts'

/** Getting access, and what becomes of it. */
export function describeConnecting(tried: ConnectorUnderTest): void {
  const { connector, manifest, test, publish, published, isReal } = tried

  it('connects a channel, and keeps credentials that can be stored', () => {
    expect(tried.channel.account.externalId).not.toBe('')
    const stored = JSON.parse(JSON.stringify(tried.channel.credentials))
    expect(connector.connect.credentials.parse(stored)).toEqual(tried.channel.credentials)
  })

  it('refuses wrong secrets with a reason that does not repeat them', async () => {
    const wrong = { ...tried.fake.connect, ...wrongSecrets(connector) }
    const error = await connector.connect.verify(wrong, tools).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(NetworkError)
    expect(['rejected', 'reconnect']).toContain(error.kind)
    expect(JSON.stringify([error.reason, error.message, String(error.cause)])).not.toContain(
      'wrong-secret',
    )
  })

  it('does not take access that may only read for more than it is', async () => {
    if (!tried.fake.weakly) return
    const error = await connector.connect.verify(tried.fake.weakly, tools).catch((thrown) => thrown)
    expect(error).toMatchObject({ kind: 'rejected', reason: { code: 'access_missing' } })
    for (const scope of manifest.scopes?.publish ?? [])
      expect(tried.channel.scopes).toContain(scope)
    expect(await tried.fake.live()).toEqual([])
  })

  test(
    'asks to reconnect when its access was revoked',
    async () => {
      await tried.fake.revokeTokens()
      expect(await publish(aPart(connector))).toMatchObject({
        kind: 'reconnect',
        reason: { code: 'token_revoked' },
      })
      const refreshed = await connector.connect.refresh?.(tried.channel.credentials, tools)
      if (refreshed) expect(refreshed.kind).toBe('revoked')
    },
    !isReal,
  )

  test(
    'goes on with a refreshed token when the old one has expired',
    async () => {
      await tried.fake.expireTokens?.()
      expect(await publish(aPart(connector))).toMatchObject({
        kind: 'reconnect',
        reason: { code: 'token_expired' },
      })
      const refreshed = await connector.connect.refresh?.(tried.channel.credentials, tools)
      if (refreshed?.kind !== 'refreshed') throw new Error(`refresh answered ${refreshed?.kind}`)
      tried.channel = { ...tried.channel, credentials: refreshed.credentials }
      await published(aPart(connector))
    },
    !isReal && connector.connect.refresh !== undefined,
  )
}

const wrongSecrets = ({ manifest }: Connector) =>
  Object.fromEntries(
    manifest.connect
      .flatMap(({ fields }) => fields)
      .filter(({ secret }) => secret)
      .map(({ name }) => [name, '99:wrong-secret']),
  )
