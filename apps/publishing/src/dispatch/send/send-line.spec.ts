import { connectorOf } from '@hamava/networks'
import { sendUnguarded } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type TestNetwork, testNetwork } from '../../testing/network.ts'
import { SendLine } from './send-line.ts'

describe('the client of one attempt', () => {
  let network: TestNetwork
  beforeAll(async () => {
    network = await testNetwork()
  })
  afterAll(() => network?.close())

  async function publish(handle: string, until: number) {
    const { token } = await network.account(handle)
    const line = new SendLine({ send: sendUnguarded, now: () => new Date() }, until)
    const outcome = await connectorOf('sandbox')?.publish?.publish(
      { url: network.url, token, handle, keyed: 'key' },
      {
        idempotencyKey: 'k',
        begunAt: new Date(),
        dueAt: new Date(),
        text: 'سلام',
        media: [],
        settings: { visibility: 'public' },
        languages: [],
      },
      line.tools,
    )
    return { outcome, line, live: await network.live(handle) }
  }

  it('sends within its time', async () => {
    const { outcome, line, live } = await publish('in_time', performance.now() + 10_000)
    expect(outcome?.kind).toBe('published')
    expect(line.hasSent).toBe(true)
    expect(live).toHaveLength(1)
  })

  it('begins nothing once its time is over, and connectors know that nothing was sent', async () => {
    const { outcome, line, live } = await publish('over', performance.now())
    expect(outcome?.kind).toBe('temporary')
    expect(line.hasSent).toBe(false)
    expect(live).toEqual([])
  })
})
