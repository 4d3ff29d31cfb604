import { describe, expect, it } from '@jest/globals'
import { aSchema } from './a-schema.ts'
import { type Speech, tellSettings } from './tell-settings.ts'

const english: Speech = {
  said: ({ en }) => en,
  number: String,
  list: (words) => words.join(', '),
  yes: 'Yes',
  no: 'No',
  none: 'None',
}
const withoutIsolates = (said: string) => said.replace(/[\u2068\u2069]/g, '')
const told = (settings: Record<string, unknown>) =>
  tellSettings(aSchema, settings, english).map(withoutIsolates)

describe('settings in words', () => {
  it('are the label and the value of each, in the order of the form', () => {
    expect(told({ preview: false, warning: '', count: 7, visibility: 'unlisted' })).toEqual([
      'Visibility: Few',
      'Warning: None',
      'Preview: No',
      'Count: 7',
    ])
  })

  it('say a group with all that is in it', () => {
    const poll = { options: ['tea', 'coffee', ''], days: 3, multiple: true }
    expect(told({ poll })).toEqual(['Poll: Options: tea / coffee, Days: 3, Multiple: Yes'])
  })

  it('keep the letters of each value together', () => {
    expect(tellSettings(aSchema, { code: 'fa' }, english)).toEqual(['code: \u2068fa\u2069'])
  })

  it('say what no form can show, or does not fit it, as it was written', () => {
    expect(told({ visibility: 'everyone', preview: 'on', place: { lat: 35.7 } })).toEqual([
      'Visibility: everyone',
      'Preview: on',
      'place: {"lat":35.7}',
    ])
    expect(tellSettings(undefined, { code: 'fa' }, english)).toEqual(['code: \u2068fa\u2069'])
  })
})
