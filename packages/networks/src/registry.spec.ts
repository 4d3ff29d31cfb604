import { readdir } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import type { Connector } from './connector.ts'
import { connectorOf, registry } from './registry.ts'
import { manifests } from './rules/manifests.ts'

/** Folders of `src` that are no network. */
const others = ['contract', 'doubles', 'fakes', 'rules', 'testing']

describe('the registry', () => {
  it('has a line for every folder, and the rules too', async () => {
    const entries = await readdir(import.meta.dirname, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const networks = folders.filter((name) => !others.includes(name)).sort()
    expect(registry.map(({ manifest }) => manifest.id).toSorted()).toEqual(networks)
    expect(manifests.map(({ id }) => id).toSorted()).toEqual(networks)
  })

  it.each(registry.map((connector) => [connector.manifest.id, connector] as const))(
    'gives %s the abilities that its manifest promises, and no others',
    (id, connector) => {
      expect(connectorOf(id)).toBe(connector)
      const promised = new Set<string>(connector.manifest.capabilities)
      expect(abilitiesOf(connector)).toEqual({
        publish: promised.has('publish'),
        listen: ['comments', 'mentions', 'direct_messages'].some((one) => promised.has(one)),
        webhook: promised.has('webhook'),
        posts: promised.has('post_metrics'),
        channel: promised.has('channel_metrics'),
        oauth: connector.manifest.connect.some(({ method }) => method === 'oauth_code'),
      })
      const canSettle = connector.manifest.readBack !== null
      expect(connector.publish?.find !== undefined).toBe(canSettle)
    },
  )
})

const abilitiesOf = ({ publish, listen, measure, connect }: Connector) => ({
  publish: publish !== undefined,
  listen: listen !== undefined,
  webhook: listen?.webhook !== undefined,
  posts: measure?.posts !== undefined,
  channel: measure?.channel !== undefined,
  oauth: connect.oauth !== undefined,
})
