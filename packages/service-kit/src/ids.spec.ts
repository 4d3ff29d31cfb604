import { idPrefixes } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { newId } from './ids.ts'

describe('new ids', () => {
  it('are all different, say their kind, and sort by when they were made', () => {
    const ids = Array.from({ length: 20_000 }, () => newId('publication'))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
    const form = new RegExp(`^${idPrefixes.publication}_[0-9a-hjkmnp-tv-z]{26}$`)
    expect(ids.filter((id) => !form.test(id))).toEqual([])
  })
})
