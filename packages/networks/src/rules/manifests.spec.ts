import { networkManifest } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { manifests, networkRules } from './manifests.ts'

describe('manifests', () => {
  it.each(manifests.map((manifest) => [manifest.id, manifest] as const))(
    'hold the sign and the name of @name together in Persian: %s',
    (_id, { connect }) => {
      const hints = connect.flatMap(({ fields }) => fields.map(({ hint }) => hint?.fa ?? ''))
      expect(hints.filter((hint) => /(?<!\u2066)[@-][a-z0-9]/i.test(hint))).toEqual([])
    },
  )

  it.each(manifests.map((manifest) => [manifest.id, manifest] as const))(
    '%s fulfils the contract',
    (_, manifest) => {
      expect(networkManifest.parse(manifest)).toMatchObject({ id: manifest.id })
      expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest)
    },
  )

  it.each(manifests.map(({ id }) => id))('%s takes a post without settings', (id) => {
    expect(networkRules(id)?.settings.safeParse({}).success).toBe(true)
  })
})
