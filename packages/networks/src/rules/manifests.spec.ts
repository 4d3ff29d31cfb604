import { bilingual, networkManifest } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { manifests, networkRules } from './manifests.ts'

const schema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  items: z.unknown().optional(),
})
const labels = z.object({
  label: bilingual,
  hint: bilingual.optional(),
  valueLabels: z.record(z.string(), bilingual).optional(),
  enum: z.array(z.string()).optional(),
})
const inBoth = { en: expect.stringMatching(/[a-z]/), fa: expect.stringMatching(/[آ-ی]/) }

/** Every setting in a JSON Schema, those inside of others too. */
const fieldsOf = (of: unknown, within = ''): { path: string; field: unknown }[] =>
  Object.entries(schema.parse(of).properties).flatMap(([name, field]) => {
    const path = `${within}/${name}`
    const { items } = schema.parse(field)
    return [{ path, field }, ...fieldsOf(field, path), ...(items ? fieldsOf(items, path) : [])]
  })

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

  it.each(manifests.map((manifest) => [manifest.id, manifest] as const))(
    '%s names every setting and what it can be in both languages',
    (_, { settings }) => {
      for (const { path, field } of fieldsOf(settings)) {
        const { label, hint, valueLabels = {}, enum: values = [] } = labels.parse(field)
        expect([path, Object.keys(valueLabels)]).toEqual([path, values])
        for (const said of [label, ...(hint ? [hint] : []), ...Object.values(valueLabels)]) {
          expect([path, said]).toEqual([path, inBoth])
          expect(said.fa.replace(/\u2066[^\u2069]*\u2069/g, '')).not.toMatch(/[a-z]/i)
        }
      }
    },
  )

  it.each(manifests.map(({ id }) => id))('%s takes a post without settings', (id) => {
    expect(networkRules(id)?.settings.safeParse({}).success).toBe(true)
  })
})
