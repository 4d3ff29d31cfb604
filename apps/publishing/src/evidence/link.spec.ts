import type { Attempt } from '@hamava/contracts'
import { describe, expect, it } from '@jest/globals'
import { genesisOf, headOf, linkOf } from './link.ts'

const attempt = (number: number, outcome: Attempt['outcome'] = 'temporary'): Attempt => ({
  id: `att_${number}`,
  number,
  part: 0,
  step: 'publish',
  startedAt: '2027-03-21T06:00:00.000Z',
  finishedAt: '2027-03-21T06:00:01.000Z',
  outcome,
  fingerprint: 'f',
  idempotencyKey: 'k',
  reason: null,
  exchanges: [],
  hash: null,
})
const chain = [attempt(1), attempt(2), attempt(3, 'published')]
const head = headOf('pub_1', chain)

describe('the chain of evidence', () => {
  it('begins with the publication and has one link for each attempt', () => {
    expect(headOf('pub_1', [])).toBe(genesisOf('pub_1'))
    expect(headOf('pub_1', chain.slice(0, 1))).toBe(linkOf(genesisOf('pub_1'), attempt(1)))
  })

  it.each<[string, Attempt[]]>([
    ['an attempt is changed', [attempt(1), attempt(2, 'published'), attempt(3, 'published')]],
    ['an attempt is left out', [attempt(1), attempt(3, 'published')]],
    ['attempts change places', [attempt(2), attempt(1), attempt(3, 'published')]],
    ['an attempt is added', [...chain, attempt(4)]],
  ])('ends elsewhere when %s', (_, forged) => {
    expect(headOf('pub_1', forged)).not.toBe(head)
  })

  it('ends elsewhere for another publication', () => {
    expect(headOf('pub_2', chain)).not.toBe(head)
  })
})
