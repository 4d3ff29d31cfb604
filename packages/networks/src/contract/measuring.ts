import { expect } from '@jest/globals'
import { tools } from '../testing/tools.ts'
import { aPart, type ConnectorUnderTest } from './connector-under-test.ts'

/** Numbers. */
export function describeMeasuring(tried: ConnectorUnderTest): void {
  const { connector, isReal, can, test, published } = tried

  test(
    'measures posts, and leaves out those that are gone',
    async () => {
      const { id, ref } = await published(aPart(connector))
      await tried.fake.comment({ postId: id, text: 'یک' })
      const gone = goneLike(id)
      const asked = [
        { id, ref },
        { id: gone, ref: JSON.parse(JSON.stringify(ref).replaceAll(id, gone)) },
      ]
      const measured = await connector.measure?.posts?.(tried.channel.credentials, asked, tools)
      expect(measured).toMatchObject([{ id, metrics: { replies: 1 } }])
    },
    !isReal && can('post_metrics'),
  )

  test(
    'measures the channel',
    async () => {
      const metrics = await connector.measure?.channel?.(tried.channel.credentials, tools)
      expect(metrics?.followers).toEqual(expect.any(Number))
    },
    !isReal && can('channel_metrics'),
  )
}

/** An id that looks like another but names nothing. */
const goneLike = (id: string) => `${id.slice(0, -1)}${id.endsWith('2') ? '3' : '2'}`
