import { describe, expect, it } from '@jest/globals'
import { aPart } from '../connector.contract.ts'
import type { Publish } from '../connector.ts'
import { registry } from '../registry.ts'
import { tools } from '../testing/tools.ts'
import { startFake } from './start-fake.ts'

describe('a fake as a process of its own', () => {
  it.each(registry.map((connector) => [connector.manifest.id, connector] as const))(
    'of %s can be connected, published to, looked at and broken',
    async (network, connector) => {
      const fake = await startFake(network)
      const { credentials } = await connector.connect.verify(fake.connect, tools)
      const publisher = connector.publish as Publish
      const admin = (path: string, json?: object) =>
        fetch(
          `${fake.url}${path}`,
          json
            ? {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(json),
              }
            : {},
        )
      const outcome = await publisher.publish(credentials, aPart(connector), tools)
      expect(outcome.kind).toBe('published')
      const isSandbox = network === 'sandbox'
      const live = await admin(isSandbox ? '/accounts/hamava/posts' : '/__fake/live')
      expect(await live.json()).toHaveLength(1)

      await admin(isSandbox ? '/admin/faults' : '/__fake/faults', { kind: '429', times: 1 })
      const limited = await publisher.publish(credentials, aPart(connector), tools)
      expect(limited.kind).toBe('rate_limited')
      await fake.close()
      expect(() => process.kill(fake.pid, 0)).toThrow()
    },
  )

  it('is refused for a network that is none', async () => {
    await expect(startFake('myspace')).rejects.toThrow(/name one of sandbox/)
  })
})
