import { publicationState } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { assertTransition, isChangeable } from './lifecycle.ts'

describe('the life of a publication', () => {
  it.each(publicationState.options)('%s never comes after published or cancelled', (state) => {
    expect(() => assertTransition('published', state)).toThrow('published')
    expect(() => assertTransition('cancelled', state)).toThrow('cancelled')
  })

  it('may be changed only where nothing can be under way', () => {
    const changeable = publicationState.options.filter((state) =>
      isChangeable({ state, pendingState: null }),
    )
    expect(changeable).toEqual(['planned', 'failed', 'held', 'missed'])
  })

  it('may be changed while the network is processing what nobody can see', () => {
    const pending = (stage?: 'preparing' | 'publishing') => ({
      state: 'pending' as const,
      pendingState: { state: 1, since: '', ...(stage && { stage }) },
    })
    expect(isChangeable(pending('preparing'))).toBe(true)
    expect(isChangeable(pending('publishing'))).toBe(false)
    expect(isChangeable(pending())).toBe(false)
    expect(isChangeable({ ...pending('preparing'), state: 'sending' })).toBe(false)
  })

  it('goes from doubt to planned only by a finding or a person', () => {
    expect(() => assertTransition('unconfirmed', 'sending')).toThrow('cannot go')
    expect(() => assertTransition('sending', 'cancelled')).toThrow('cannot go')
    expect(() => assertTransition('unconfirmed', 'planned')).not.toThrow()
  })
})
