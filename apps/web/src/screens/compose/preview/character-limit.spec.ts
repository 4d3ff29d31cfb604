import { manifestOf } from '@hamava/networks/rules'
import { describe, expect, it } from '@jest/globals'
import type { Network } from '../../../api/types.ts'
import { characterLimitsOf, fittingLength } from './character-limit.ts'

const networks = ['telegram', 'bluesky', 'mastodon'].map((id) => manifestOf(id) as Network)
const to = (...ids: string[]) => ids.map((network) => ({ network, limits: {} }))

describe('the room for a text', () => {
  it('is that of the networks it goes to, the tightest first', () => {
    const rooms = characterLimitsOf('س'.repeat(250), false, to('mastodon', 'bluesky'), networks)
    expect(rooms.map(({ network, length, max }) => [network.id, length, max])).toEqual([
      ['bluesky', 250, 300],
      ['mastodon', 250, 500],
    ])
  })

  it('is that of the channel’s own server, the tightest of a network', () => {
    const channels = [5_000, 700].map((textMax) => ({ network: 'mastodon', limits: { textMax } }))
    expect(characterLimitsOf('س', false, channels, networks).map(({ max }) => max)).toEqual([700])
  })

  it('is smaller beside a picture where that makes it a caption', () => {
    const max = (hasMedia: boolean) =>
      characterLimitsOf('', hasMedia, to('telegram'), networks)[0]?.max
    expect([max(false), max(true)]).toEqual([4096, 1024])
  })

  it('says how much fits everywhere, and cuts no letter in half', () => {
    const text = '👨‍👩‍👧‍👦'.repeat(2) + 'a'.repeat(299)
    const rooms = characterLimitsOf(text, false, to('bluesky', 'mastodon'), networks)
    expect(text.slice(fittingLength(text, rooms))).toBe('a')
    expect(fittingLength('کوتاه', characterLimitsOf('کوتاه', false, to('bluesky'), networks))).toBe(
      5,
    )
    expect(fittingLength('هیچ‌جا', [])).toBe(6)
  })
})
