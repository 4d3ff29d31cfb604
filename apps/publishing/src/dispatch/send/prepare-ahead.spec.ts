import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportEvidence } from '@hamava/contracts'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aPlan, part, type TestWorld, testWorld } from '../../testing/world.ts'
import { PrepareAhead } from './prepare-ahead.ts'

describe('preparing ahead of time', () => {
  let world: TestWorld
  beforeAll(async () => {
    world = await testWorld()
  })
  afterAll(() => world?.close())

  async function withImage(handle: string, inMs: number, publicationId?: string) {
    const channel = await world.channel(handle)
    const name = `${handle}.png`
    const bytes = Buffer.from(`image ${handle}`)
    await writeFile(join(world.folder, name), bytes)
    const image = {
      id: 'ast_01k00000000000000000000000',
      kind: 'image' as const,
      mime: 'image/png',
      bytes: bytes.length,
      width: 1,
      height: 1,
      alt: 'غروب دماوند',
      fileName: name,
      sha256: '',
      storageKey: name,
    }
    return aPlan({
      channelId: channel.id,
      inMs,
      parts: [part('با عکس', 'post', [image])],
      ...(publicationId && { publicationId }),
    })
  }
  const prepare = () => world.service.app.get(PrepareAhead).run(60_000)
  const steps = async (id: string) =>
    (await world.publication(id)).attempts.map(({ step, outcome }) => [step, outcome])

  it('leaves one small request for the due moment, and both are evidence', async () => {
    const plan = await withImage('prepared', 1_500)
    await world.plan(plan)
    await prepare()
    await prepare()
    expect(await steps(plan.publicationId)).toEqual([['prepare', 'prepared']])
    expect(await world.network.live('prepared')).toEqual([])
    const done = await world.reaches(plan.publicationId, 'published')
    expect(done.attempts.map(({ step }) => step)).toEqual(['prepare', 'publish'])
    const posts = done.attempts[1]?.exchanges.filter(({ method }) => method === 'POST')
    expect(posts?.map(({ url }) => new URL(url).pathname)).toEqual(['/posts'])
    expect((await world.network.live('prepared'))[0]?.media).toHaveLength(1)
    const evidence = await world.client.send(exportEvidence, world.call, { id: plan.publicationId })
    expect(evidence.isIntact).toBe(true)
    expect(evidence.attempts.map(({ hash }) => hash?.length)).toEqual([64, 64])
  })

  it('starts anew when what was prepared is gone', async () => {
    const plan = await withImage('gone', 1_200)
    await world.plan(plan)
    await prepare()
    await world.sql(
      `update publications set prepared = jsonb_set(prepared, '{state,mediaIds}', '["nowhere"]') where id = $1`,
      [plan.publicationId],
    )
    await world.reaches(plan.publicationId, 'published')
    expect((await world.network.live('gone'))[0]?.media).toHaveLength(1)
  })

  it('is left to the due moment when the network fails', async () => {
    const plan = await withImage('failing', 1_200)
    await world.plan(plan)
    await world.network.fault({ kind: '5xx', handle: 'failing', times: 1 })
    await prepare()
    await world.reaches(plan.publicationId, 'published')
    expect(await world.network.live('failing')).toHaveLength(1)
  })

  it('is done again for what was edited, and never used for another content', async () => {
    const plan = await withImage('edited', 60_000)
    await world.plan(plan)
    await prepare()
    const edited = { ...(await withImage('edited', 1_500, plan.publicationId)), version: 2 }
    edited.snapshot.parts[0] = { ...part('متن تازه'), assets: plan.snapshot.parts[0]?.assets ?? [] }
    const next = { ...edited, snapshotHash: 'other', approvedHash: 'other' }
    expect(await world.plan(next)).toEqual(['kept'])
    await prepare()
    expect(await steps(plan.publicationId)).toEqual([
      ['prepare', 'prepared'],
      ['prepare', 'prepared'],
    ])
    await world.reaches(plan.publicationId, 'published')
    expect((await world.network.live('edited')).map(({ text }) => text)).toEqual(['متن تازه'])
  })
})
