import { publicationState } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { assertTransition, isChangeable } from './lifecycle.ts'

describe('the life of a publication', () => {
  it.each(publicationState.options)('%s never comes after published or cancelled', (state) => {
    expect(() => assertTransition('published', state)).toThrow('published')
    expect(() => assertTransition('cancelled', state)).toThrow('cancelled')
  })

  it('may be changed only where nothing can be under way', () => {
    expect(publicationState.options.filter(isChangeable)).toEqual([
      'planned',
      'failed',
      'held',
      'missed',
    ])
  })

  it('goes from doubt to planned only by a finding or a person', () => {
    expect(() => assertTransition('unconfirmed', 'sending')).toThrow('cannot go')
    expect(() => assertTransition('sending', 'cancelled')).toThrow('cannot go')
    expect(() => assertTransition('unconfirmed', 'planned')).not.toThrow()
  })
})
