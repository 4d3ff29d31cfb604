import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Crew, crew } from '../testing/crew.ts'
import type { SeenRequest } from '../testing/network.ts'
import { scale } from '../testing/scale.ts'
import { aPlan, part, type TestWorld, worldOfProcesses } from '../testing/world.ts'

type When = 'comes' | 'is answered'

const isUpload = ({ method, path }: SeenRequest) => method === 'POST' && path === '/media'
const isCheck = ({ path }: SeenRequest) => path.endsWith('/state')
const isPost = ({ method, path }: SeenRequest) => method === 'POST' && path === '/posts'

describe('a publisher that dies', () => {
  let world: TestWorld
  let publishers: Crew
  beforeAll(async () => {
    world = await worldOfProcesses({ LEASE_MS: 1_000, REQUEST_TIMEOUT_MS: 400 })
    publishers = await crew(world)
  })
  afterAll(() => world?.close())

  /** Kills the holder at the first request of this kind; settles when it is gone. */
  function deathAt(
    publicationId: string,
    when: When,
    isThat: (request: SeenRequest) => boolean,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = world.network.onRequest((request, now) => {
        if (now !== when || !isThat(request)) return
        end()
        publishers.killHolder(publicationId).then(resolve, reject)
      })
    })
  }

  async function aVideo(name: string) {
    const bytes = Buffer.from(`video ${name}`)
    await writeFile(join(world.folder, name), bytes)
    return {
      id: 'ast_01k00000000000000000000000',
      kind: 'video' as const,
      mime: 'video/mp4',
      bytes: bytes.length,
      width: 1,
      height: 1,
      alt: '',
      fileName: name,
      sha256: '',
      storageKey: name,
    }
  }

  describe.each(Array.from({ length: scale }, (_, at) => at))('in round %i', (round) => {
    it.each([
      ['key', 'an upload', 'comes', isUpload],
      ['key', 'an upload', 'is answered', isUpload],
      ['key', 'a check', 'comes', isCheck],
      ['key', 'a check', 'is answered', isCheck],
      ['key', 'a post', 'comes', isPost],
      ['key', 'a post', 'is answered', isPost],
      ['readable', 'a check', 'is answered', isCheck],
      ['readable', 'a post', 'comes', isPost],
      ['readable', 'a post', 'is answered', isPost],
    ] as const)(
      'on an account that offers %s when %s %s leaves one post',
      async (keyed, what, when, isThat) => {
        const handle = `step_${round}_${keyed}_${what}_${when}`.replaceAll(' ', '_')
        const { id: channelId } = await world.channel(handle, { keyed })
        await world.network.fault({ kind: 'slow_media', handle, ms: 400 })
        const video = await aVideo(`${handle}.mp4`)
        const plan = aPlan({ channelId, parts: [part('با ویدئو', 'post', [video])] })
        const death = deathAt(plan.publicationId, when, isThat)
        await world.plan(plan)
        await death
        const done = await world.reaches(plan.publicationId, 'published')
        const live = await world.network.live(handle)
        expect(live.map(({ id }) => id)).toEqual([done.remoteId])
        expect(live[0]?.media).toHaveLength(1)
        expect(done.attempts.some(({ outcome }) => outcome === null)).toBe(true)
      },
      30_000,
    )

    it('between the upload and the check goes on from what the network said', async () => {
      const handle = `between_${round}`
      const { id: channelId } = await world.channel(handle)
      await world.network.fault({ kind: 'slow_media', handle, ms: 1_000 })
      const plan = aPlan({
        channelId,
        parts: [part('با ویدئو', 'post', [await aVideo(`${handle}.mp4`)])],
      })
      const uploads = () => world.network.requests.filter(isUpload).length
      const before = uploads()
      await world.plan(plan)
      await world.reaches(plan.publicationId, 'pending')
      await publishers.killHolder(plan.publicationId)
      await world.reaches(plan.publicationId, 'published')
      expect(uploads() - before).toBe(1)
      expect(await world.network.live(handle)).toHaveLength(1)
    })

    it.each(['key', 'readable'] as const)(
      'after each part of a thread leaves all parts in order, once, on an account that offers %s',
      async (keyed) => {
        const handle = `thread_${round}_${keyed}`
        const { id: channelId } = await world.channel(handle, { keyed })
        const texts = ['یک', 'دو', 'سه', 'چهار', 'نظر']
        const roles = ['post', 'thread', 'thread', 'thread', 'first_comment'] as const
        const plan = aPlan({ channelId, parts: texts.map((text, at) => part(text, roles[at])) })
        const { publicationId } = plan
        const isPart = (at: number) => (request: SeenRequest) =>
          request.idempotencyKey?.startsWith(`${publicationId}-${at}.`) === true
        const deaths = texts.map((_, at) => deathAt(publicationId, 'is answered', isPart(at)))
        await world.plan(plan)
        const done = await world.reaches(publicationId, 'published', 45_000)
        await Promise.all(deaths)
        const live = await world.network.live(handle)
        expect(live.map(({ text }) => text)).toEqual(texts)
        expect(live.map(({ parent }) => parent)).toEqual([
          null,
          ...live.slice(0, -1).map(({ id }) => id),
        ])
        expect(done.parts.map(({ id }) => id)).toEqual(live.map(({ id }) => id))
      },
      60_000,
    )
  })
})
