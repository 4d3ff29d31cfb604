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
  pair: (label, value) => `${label}: ${value}`,
}
const told = (settings: Record<string, unknown>) => tellSettings(aSchema, settings, english)

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
    expect(told({ poll })).toEqual(['Poll: Options: tea · coffee, Days: 3, Multiple: Yes'])
  })

  it('say what no form can show, or does not fit it, as it was written', () => {
    expect(told({ visibility: 'everyone', preview: 'on', place: { lat: 35.7 } })).toEqual([
      'Visibility: everyone',
      'Preview: on',
      'place: {"lat":35.7}',
    ])
    expect(tellSettings(undefined, { visibility: 'unlisted' }, english)).toEqual([
      'visibility: unlisted',
    ])
  })
})
