import { manifests } from '@hamava/networks/rules'
import { describe, expect, it } from '@jest/globals'
import { aSchema } from './a-schema.ts'
import { schemaFields } from './schema-fields.ts'

const fieldNamed = (name: string) => schemaFields(aSchema).find((field) => field.name === name)

describe('the fields of a JSON Schema', () => {
  it('are what a form can show, in its order', () => {
    expect(schemaFields(aSchema).map(({ name, kind }) => [name, kind])).toEqual([
      ['visibility', 'choice'],
      ['warning', 'text'],
      ['code', 'text'],
      ['preview', 'switch'],
      ['count', 'number'],
      ['poll', 'group'],
      ['card', 'group'],
    ])
  })

  it('say their names, values, limits and defaults', () => {
    expect(fieldNamed('visibility')).toMatchObject({
      label: { en: 'Visibility', fa: 'Visibility به فارسی' },
      byDefault: 'public',
      values: [
        { value: 'public', label: { en: 'Everyone', fa: 'همه' } },
        { value: 'unlisted', label: { en: 'Few', fa: 'کمی' } },
      ],
    })
    expect(fieldNamed('warning')).toMatchObject({ max: 20, isCode: false, isRequired: false })
    expect(fieldNamed('count')).toMatchObject({ max: 1500 })
    expect(fieldNamed('count')).not.toHaveProperty('min')
    expect(fieldNamed('poll')).toMatchObject({
      fields: [
        { name: 'options', kind: 'list', isRequired: true, min: 2, max: 4, item: { max: 50 } },
        { name: 'days', kind: 'number', isRequired: true, min: 1 },
        { name: 'multiple', kind: 'switch', isRequired: false },
      ],
    })
    expect(fieldNamed('card')).toMatchObject({
      fields: [{ name: 'url', isUrl: true, isCode: true }],
    })
  })

  it('have the name that programs use where there is no label', () => {
    expect(fieldNamed('code')).toMatchObject({ label: { en: 'code', fa: 'code' }, isCode: true })
  })

  it.each(manifests.map(({ id, settings }) => [id, settings]))(
    'are all that %s can be asked',
    (_, settings) => {
      const { properties } = settings as { properties: object }
      expect(schemaFields(settings).map(({ name }) => name)).toEqual(Object.keys(properties))
    },
  )
})
