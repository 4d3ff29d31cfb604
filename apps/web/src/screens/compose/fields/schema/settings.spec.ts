import { describe, expect, it } from '@jest/globals'
import { aSchema } from './a-schema.ts'
import { type SchemaField, schemaFields } from './schema-fields.ts'
import { newGroup, withSetting } from './settings.ts'

const fields = schemaFields(aSchema)
const fieldNamed = (name: string, among: readonly SchemaField[] = fields): SchemaField => {
  const found = among.find((field) => field.name === name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}
const within = (name: string): SchemaField[] => {
  const field = fieldNamed(name)
  return field.kind === 'group' ? field.fields : []
}

describe('settings', () => {
  it.each([
    ['visibility', 'unlisted', 'public'],
    ['warning', 'spoilers', ''],
    ['code', 'fa', ''],
    ['preview', false, true],
    ['count', 0, undefined],
  ])('hold %s while it is not as it would be anyway', (name, other, byDefault) => {
    const field = fieldNamed(name)
    const set = withSetting({}, field, other)
    expect(set).toEqual({ [name]: other })
    expect(withSetting(set, field, byDefault)).toEqual({})
  })

  it('keep what a form cannot show, and what a program wrote', () => {
    const written = { place: { lat: 35.7 }, visibility: 'public' }
    expect(withSetting(written, fieldNamed('warning'), 'spoilers')).toEqual({
      ...written,
      warning: 'spoilers',
    })
  })

  it('keep what has to be there even while it is empty', () => {
    const card = withSetting({ url: 'https://a.example' }, fieldNamed('url', within('card')), '')
    expect(card).toEqual({ url: '' })
  })

  it('begin a group with what it cannot do without', () => {
    const poll = newGroup(within('poll'))
    expect(poll).toEqual({ options: ['', ''], days: 1 })
    const set = withSetting({}, fieldNamed('poll'), poll)
    expect(withSetting(set, fieldNamed('poll'), undefined)).toEqual({})
  })

  it('hold a group that has nothing but defaults', () => {
    expect(withSetting({}, fieldNamed('poll'), {})).toEqual({ poll: {} })
  })
})
