import { eventually } from '@hamava/service-kit/testing'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { api, channelOn, upload } from './stack/api.ts'
import { liveOn } from './stack/live.ts'

interface Post {
  id: string
  progress: string
  location: object | null
  targets: object[]
  version: number
}
interface Validation {
  publishable: boolean
  findings: { level: string; code: string; pointer: string; network: string }[]
}

const text = `چای یا قهوه؟ ${Date.now()}`
const location = { name: 'کافه نادری', latitude: 35.69, longitude: 51.41 }
const poll = { options: ['چای', 'قهوه'], hours: 48 }
const linkCard = { url: 'https://hamava.example/cafe', title: 'کافه', description: 'میدان' }

describe('a post with a place, a poll and a link card', () => {
  let assetId: string
  let targets: { channelId: string; variant?: object }[]

  beforeAll(async () => {
    const networks = ['sandbox', 'mastodon', 'bluesky']
    const [sandbox, mastodon, bluesky] = await Promise.all(networks.map((one) => channelOn(one)))
    assetId = await upload('دو فنجان')
    targets = [
      { channelId: sandbox?.id ?? '' },
      { channelId: mastodon?.id ?? '', variant: { assets: [], settings: { poll } } },
      { channelId: bluesky?.id ?? '', variant: { settings: { linkCard } } },
    ]
  })
  const content = (facts: object = {}) => ({
    text,
    assets: [{ id: assetId }],
    location,
    targets,
    ...facts,
  })
  const findings = async (facts: object = {}) => {
    const { body } = await api<Validation>('POST', '/v1/posts/validate', content(facts))
    return body.findings.map(({ network, level, code, pointer }) => [network, level, code, pointer])
  }

  it('says before what each network makes of it', async () => {
    expect(await findings()).toEqual([
      ['mastodon', 'changed', 'extra_unsupported', '/location'],
      ['bluesky', 'changed', 'extra_unsupported', '/location'],
    ])
    const [sandbox, mastodon, bluesky] = targets
    const withImage = { ...mastodon, variant: { settings: { poll } } }
    expect(await findings({ location: null, targets: [sandbox, withImage, bluesky] })).toEqual([
      ['mastodon', 'blocks', 'format_media', '/assets'],
    ])
  })

  it.each([
    [{ name: '' }, '/location/name'],
    [{ name: 'قم', latitude: 34.64 }, '/location'],
    [{ name: 'قم', latitude: 134, longitude: 50 }, '/location/latitude'],
    [{ name: 'قم', city: 'قم' }, '/location'],
  ])('refuses a place that is none: %j', async (place, pointer) => {
    const { status, body } = await api<{ errors: { pointer: string }[] }>(
      'POST',
      '/v1/posts',
      content({ location: place }),
    )
    expect(status).toBe(422)
    expect(body.errors.map((error) => error.pointer)).toContain(pointer)
  })

  it('keeps the name of a place as it was written', async () => {
    const place = { name: 'کافه نادری ' }
    const { body } = await api<Post>('POST', '/v1/posts', content({ location: place }))
    expect(body.location).toEqual(place)
  })

  it('keeps it, lets a channel have its own place or none, and tells of changes', async () => {
    const made = await api<Post>('POST', '/v1/posts', content())
    expect(made.body.location).toEqual(location)
    const path = `/v1/posts/${made.body.id}`
    const [sandbox] = targets
    const own = { ...sandbox, variant: { location: { name: 'قم' } } }
    const changes = { location: null, targets: [own] }
    const edited = await api<{ post: Post }>('PATCH', path, changes, { 'if-match': '"1"' })
    expect(edited.body.post).toMatchObject({ location: null, targets: [own] })
    const { body } = await api<{ items: { said: { location: unknown } }[] }>(
      'GET',
      `${path}/revisions`,
    )
    expect(body.items.map(({ said }) => said.location)).toEqual([location, null])
  })

  it('goes out in the form of each', async () => {
    const schedule = { now: true }
    const { status, body: made } = await api<Post>('POST', '/v1/posts', content({ schedule }))
    expect(status).toBe(201)
    await eventually(
      'the post is published',
      async () => (await api<Post>('GET', `/v1/posts/${made.id}`)).body.progress === 'published',
      30_000,
    )
    const only = async (network: string) => {
      const found = (await liveOn(network)).filter((post) => post.text === text)
      expect(found).toHaveLength(1)
      return found[0]
    }
    expect((await only('sandbox'))?.location).toEqual(location)
    expect((await only('mastodon'))?.attached).toMatchObject({
      options: poll.options,
      expires_in: 48 * 3600,
    })
    const { url: uri, ...said } = linkCard
    expect((await only('bluesky'))?.attached).toMatchObject({
      uri,
      ...said,
      thumb: { mimeType: 'image/png' },
    })
  })
})
