import type { OwnPost } from '@hamava/networks'
import { describe, expect, it } from '@jest/globals'
import { compare, type LedgerPart } from './compare.ts'

const part = (publicationId: string, text: string, remoteId: string | null): LedgerPart => ({
  publicationId,
  channelId: 'ch',
  remoteId,
  permalink: null,
  input: {
    text,
    media: [],
    idempotencyKey: publicationId,
    dueAt: new Date(0),
    begunAt: new Date(0),
    settings: {},
    languages: [],
  },
})
const shown = (id: string, text: string): OwnPost => ({
  id,
  permalink: `https://network/${id}`,
  ref: { id },
  at: new Date(0),
  shows: (input) => input.text === text,
})
const ids = (found: { remoteId: string | null }[]) => found.map(({ remoteId }) => remoteId)

describe('the ledger beside the network', () => {
  it('finds nothing where both agree, and does not mind what others wrote', async () => {
    const found = await compare(
      [part('p1', 'one', 'r1')],
      [shown('r1', 'one'), shown('x', 'by hand')],
    )
    expect(found).toEqual({ duplicates: [], unrecorded: [], falsePublished: [] })
  })

  it('finds a part that is there twice', async () => {
    const found = await compare([part('p1', 'one', 'r1')], [shown('r2', 'one'), shown('r1', 'one')])
    expect(found).toMatchObject({ duplicates: [{ publicationId: 'p1', remoteId: 'r2' }] })
  })

  it('finds a part that is there though the ledger does not say so', async () => {
    const found = await compare([part('p1', 'one', null)], [shown('r1', 'one')])
    expect(found).toMatchObject({ duplicates: [], unrecorded: [{ publicationId: 'p1' }] })
  })

  it('finds a part that the ledger calls live and nobody sees', async () => {
    const found = await compare([part('p1', 'one', 'r1')], [])
    expect(ids(found.falsePublished)).toEqual(['r1'])
  })

  it('counts parts that say the same by their number', async () => {
    const same = [part('p1', 'same', 'r1'), part('p2', 'same', 'r2'), part('p3', 'same', null)]
    expect(await compare(same, [shown('r1', 'same'), shown('r2', 'same')])).toEqual({
      duplicates: [],
      unrecorded: [],
      falsePublished: [],
    })
    const more = ['r1', 'r2', 'r3', 'r4'].map((id) => shown(id, 'same'))
    const found = await compare(same, more)
    expect([ids(found.unrecorded), ids(found.duplicates)]).toEqual([['r3'], ['r4']])
  })

  it('finds a double that the network shows in other signs', async () => {
    const rewritten = {
      ...shown('r2', 'one'),
      shows: () => false,
      isMadeFrom: async ({ text }: { text: string }) => text === '- one',
    }
    const found = await compare([part('p1', '- one', 'r1')], [rewritten, shown('r1', '- one')])
    expect(found).toMatchObject({ duplicates: [{ publicationId: 'p1', remoteId: 'r2' }] })
  })
})
