import { eventually } from '@hamava/service-kit/testing'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, upload } from './stack/api.ts'
import { liveOn } from './stack/live.ts'

const networks = ['sandbox', 'bluesky', 'mastodon', 'telegram']
const text = `سلام از هم‌آوا! «نیم‌فاصله»، #دماوند و یک پیوند: https://hamava.example/راه ${Date.now()}`
const alt = 'غروب دماوند از پلور'

interface Publication {
  id: string
  network: string
  state: string
  remoteId: string
  permalink: string | null
  latenessMs: number
  attempts: { step: string; outcome: string; idempotencyKey: string; finishedAt: string }[]
  timeline: { what: string }[]
}

describe('a post for four networks, scheduled five seconds ahead', () => {
  let publications: Publication[]

  beforeAll(async () => {
    const channels = await Promise.all(networks.map((network) => channelOn(network)))
    const at = new Date(Date.now() + 5_000).toISOString()
    const made = await api<{ id: string; publications: { id: string }[] }>('POST', '/v1/posts', {
      text,
      assets: [{ id: await upload(alt) }],
      targets: channels.map(({ id }) => ({ channelId: id })),
      schedule: { at },
    })
    expect(made.status).toBe(201)
    await eventually(
      'the post is published',
      async () => {
        const { body } = await api<{ progress: string }>('GET', `/v1/posts/${made.body.id}`)
        return body.progress === 'published'
      },
      30_000,
    )
    publications = await Promise.all(
      made.body.publications.map(async ({ id }) => {
        const { body } = await api<Publication>('GET', `/v1/publications/${id}`)
        return body
      }),
    )
  })

  it('is published on all of them', () => {
    expect(publications.map(({ network, state }) => [network, state]).sort()).toEqual(
      networks.map((network) => [network, 'published']).sort(),
    )
  })

  it.each(networks)('is on %s once, as it was written, with its picture', async (network) => {
    const live = (await liveOn(network)).filter((item) => item.text.includes(text))
    expect(live).toHaveLength(1)
    // Telegram has no alternative text; everywhere else it must have arrived.
    const alts = network === 'telegram' ? [null] : [alt]
    expect(live[0]?.media.map((one) => one.alt || null)).toEqual(alts)
  })

  it('left at its time, not before', () => {
    for (const { latenessMs } of publications) expect(latenessMs).toBeGreaterThanOrEqual(0)
  })

  it('shows the id and link of each network, every attempt and what happened when', () => {
    for (const publication of publications) {
      expect(publication.remoteId).toBeTruthy()
      expect(publication.permalink).toMatch(/^https?:\/\//)
      const last = publication.attempts.at(-1)
      expect(last).toMatchObject({ outcome: 'published' })
      expect(last?.idempotencyKey).toContain(publication.id)
      const happened = publication.timeline.map((entry) => entry.what)
      expect(happened).toEqual(
        expect.arrayContaining([
          'planned',
          'due',
          'attempt_started',
          'attempt_finished',
          'published',
        ]),
      )
    }
  })
})
