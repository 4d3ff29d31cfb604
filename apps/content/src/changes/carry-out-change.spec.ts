import { doOnce, earlierReply, Transactions } from '@hamava/bus'
import { aPublication } from '@hamava/bus/testing'
import { type ChangeResult, emptyContent, systemContext } from '@hamava/contracts'
import { AppError, dataSourceOptions, newId } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { PostRow } from '../posts/post.entity.ts'
import { PostPublicationRow } from '../posts/post-publication.entity.ts'
import { mint, newPublications, saveNewPost } from '../posts/post-store.ts'
import { projectPublications } from '../posts/project-publications.ts'
import { AskPublishing } from './ask-publishing.ts'
import { CarryOutChange } from './carry-out-change.ts'
import { decideEdit } from './decide-change.ts'
import { SettleChanges } from './settle-changes.ts'
import { UnsettledChangeRow } from './unsettled-change.entity.ts'

interface Asked {
  changeId: string
  version: number
  publications: { publicationId: string; snapshot: { parts: { text: string }[] } }[]
}

/** Publishing as the network in between shows it: it carries out once, answers as it did, and answers get lost. */
class Publishing {
  /** The text that would go out. */
  text = 'یک'
  asked: string[] = []
  /** What becomes of the next questions: their answer is lost after, or before, they are carried out, or refused. */
  next: ('lost after' | 'lost before' | 'refused' | 'too late')[] = []
  during: (() => Promise<void>) | undefined
  readonly #answers = new Map<string, ChangeResult>()

  async send(_contract: unknown, _call: unknown, { changeId, publications }: Asked) {
    const fate = this.next.shift()
    this.asked.push(changeId)
    await this.during?.()
    const lost = new AppError('unavailable', { service: 'scheduling' })
    if (fate === 'lost before') throw lost
    if (fate === 'refused') throw new AppError('schedule_in_past')
    const answer = this.#answers.get(changeId) ?? this.#carryOut(publications, fate === 'too late')
    this.#answers.set(changeId, answer)
    if (fate === 'lost after') throw lost
    return answer
  }

  #carryOut(publications: Asked['publications'], isLate: boolean): ChangeResult {
    const ids = publications.map(({ publicationId }) => publicationId)
    if (isLate)
      return { done: [], tooLate: ids.map((id) => ({ publicationId: id, state: 'published' })) }
    this.text = publications[0]?.snapshot.parts[0]?.text ?? this.text
    return { done: ids, tooLate: [] }
  }
}

describe('a change that publishing is asked for', () => {
  let migrated: TestDatabase
  let dataSource: DataSource
  let publishing: Publishing
  let changes: CarryOutChange
  const call = systemContext(newId('workspace'), 'test')

  beforeAll(async () => {
    migrated = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await migrated?.drop()
  })
  beforeEach(() => {
    publishing = new Publishing()
    changes = carrier()
  })
  const transactions = () => new Transactions(dataSource, { wake() {} } as never)
  /** As after a restart of the service. */
  const carrier = () =>
    new CarryOutChange(dataSource, transactions(), new AskPublishing(publishing as never))

  const aPost = async () => {
    const schedule = {
      kind: 'local' as const,
      local: '2030-01-01T09:00',
      zone: 'Asia/Tehran',
      dueAt: '2030-01-01T05:30:00.000Z',
      adjusted: null,
    }
    const channelId = newId('channel')
    const row = Object.assign(new PostRow(), {
      id: newId('post'),
      workspaceId: call.workspaceId,
      authorId: null,
      content: { ...emptyContent, text: 'یک', targets: [{ channelId }] },
      campaignId: null,
      tags: [],
      state: 'approved',
      schedule,
      review: null,
      version: 1,
      createdAt: new Date(),
      updatedAt: new Date(),
      deletedAt: null,
    })
    const publications = newPublications(row, mint([channelId], new Map()), schedule)
    await transactions().run((tx) => saveNewPost(tx, call, row, publications))
    return row.id
  }
  const later = {
    kind: 'at' as const,
    local: '2030-01-01T10:00',
    zone: 'Asia/Tehran',
    dueAt: '2030-01-01T06:30:00.000Z',
    adjusted: null,
  }
  const write = (
    id: string,
    text: string,
    versions: number[] | null = null,
    schedule?: typeof later,
  ) =>
    changes.change(call, id, versions, async (before) =>
      decideEdit(before, {
        content: { ...before.row.content, text },
        labels: before.row,
        contentChanged: true,
        schedule,
        needsApproval: false,
        networkOf: new Map(),
      }),
    )
  const read = async (id: string) => {
    const { content, version } = await dataSource.getRepository(PostRow).findOneByOrFail({ id })
    return [content.text, version]
  }
  const unsettled = () => dataSource.getRepository(UnsettledChangeRow).count()

  it('is asked for while nothing is locked', async () => {
    const id = await aPost()
    const locked: unknown[] = []
    publishing.during = async () => {
      const ask = 'select id from posts where id = $1 for update nowait'
      locked.push(await dataSource.query(ask, [id]))
    }
    expect((await write(id, 'دو')).post).toMatchObject({ text: 'دو', version: 2 })
    expect(locked).toHaveLength(1)
    expect([await read(id), await unsettled(), publishing.text]).toEqual([['دو', 2], 0, 'دو'])
  })

  it.each(['lost after', 'lost before'] as const)(
    'is brought to its end by who comes next, where its answer is %s it was carried out',
    async (fate) => {
      const id = await aPost()
      publishing.next = [fate]
      await expect(write(id, 'دو')).rejects.toMatchObject({ code: 'unavailable' })
      // Nobody says that it is not so: the post waits, and what goes out is what it will say.
      expect([await read(id), await unsettled()]).toEqual([['یک', 1], 1])
      await expect(write(id, 'سه', [1])).rejects.toMatchObject({ code: 'stale' })
      expect([await read(id), await unsettled(), publishing.text]).toEqual([['دو', 2], 0, 'دو'])
      expect(new Set(publishing.asked).size).toBe(1)
      expect((await write(id, 'سه', [2])).post.version).toBe(3)
    },
  )

  it('is another one than that of who settles it: its answer is not kept under their key', async () => {
    const id = await aPost()
    publishing.next = ['lost after']
    await expect(write(id, 'دو')).rejects.toMatchObject({ code: 'unavailable' })
    const idempotency = { key: newId('event'), fingerprint: 'x' }
    const answer = await doOnce(idempotency, () => write(id, 'سه'))
    expect(answer.post).toMatchObject({ text: 'سه', version: 3 })
    const kept = await earlierReply(dataSource, idempotency)
    expect(kept?.value).toMatchObject({ post: { text: 'سه', version: 3 } })
  })

  it('is answered to the same request, whose answer was lost', async () => {
    const id = await aPost()
    publishing.next = ['lost after']
    const idempotency = { key: newId('event'), fingerprint: 'x' }
    const ask = () => doOnce(idempotency, () => write(id, 'دو', [1]))
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await ask()).toMatchObject({ post: { text: 'دو', version: 2 }, tooLate: [] })
    expect([await read(id), new Set(publishing.asked).size]).toEqual([['دو', 2], 1])
  })

  it('is answered to the same request also when it was settled by itself meanwhile', async () => {
    const id = await aPost()
    publishing.next = ['lost after']
    const idempotency = { key: newId('event'), fingerprint: 'x' }
    const ask = () => doOnce(idempotency, () => write(id, 'دو', [1]))
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' })
    await dataSource.query(`update unsettled_changes set asked_at = now() - interval '1 minute'`)
    await new SettleChanges(dataSource, carrier()).run()
    const kept = await earlierReply(dataSource, idempotency)
    expect(kept?.value).toMatchObject({ post: { text: 'دو', version: 2 } })
  })

  it('takes nothing back that publishing has told meanwhile', async () => {
    const id = await aPost()
    publishing.next = ['lost after']
    await expect(write(id, 'دو', null, later)).rejects.toMatchObject({ code: 'unavailable' })
    const publications = dataSource.getRepository(PostPublicationRow)
    const { id: publicationId } = await publications.findOneByOrFail({ postId: id })
    await projectPublications(dataSource, [
      aPublication({ id: publicationId, state: 'published', revision: 4, remoteId: 'r' }),
    ])
    await changes.settle(call, id)
    expect(await read(id)).toEqual(['دو', 2])
    const told = await publications.findOneByOrFail({ postId: id })
    expect(told).toMatchObject({ state: 'published', revision: 4, remoteId: 'r' })
  })

  it('is not for other workspaces to settle', async () => {
    const id = await aPost()
    publishing.next = ['lost after']
    await expect(write(id, 'دو')).rejects.toMatchObject({ code: 'unavailable' })
    await changes.settle(systemContext(newId('workspace'), 'test'), id)
    expect([await unsettled(), publishing.asked.length]).toEqual([1, 1])
    await changes.settle(call, id)
    expect(await unsettled()).toBe(0)
  })

  it('is brought to its end by itself, also when its service ended in the midst of it', async () => {
    const id = await aPost()
    publishing.next = ['lost after', 'lost after']
    await expect(write(id, 'دو')).rejects.toMatchObject({ code: 'unavailable' })
    const settler = new SettleChanges(dataSource, carrier())
    await settler.run()
    expect([await read(id), publishing.asked.length]).toEqual([['یک', 1], 1])
    const age = `update unsettled_changes set asked_at = now() - interval '1 minute'`
    await dataSource.query(age)
    await settler.run()
    expect([await read(id), await unsettled()]).toEqual([['یک', 1], 1])
    await dataSource.query(age)
    await settler.run()
    expect([await read(id), await unsettled(), publishing.text]).toEqual([['دو', 2], 0, 'دو'])
  })

  it.each([
    ['refused', 'schedule_in_past'],
    ['too late', 'too_late'],
  ] as const)('leaves the post as it was where it is %s', async (fate, code) => {
    const id = await aPost()
    publishing.next = [fate]
    await expect(write(id, 'دو')).rejects.toMatchObject({ code })
    expect([await read(id), await unsettled(), publishing.text]).toEqual([['یک', 1], 0, 'یک'])
    expect((await write(id, 'سه', [1])).post).toMatchObject({ text: 'سه', version: 2 })
  })

  it('comes after another of the same moment, and neither is lost', async () => {
    const id = await aPost()
    const texts = ['الف', 'ب', 'پ', 'ت']
    await Promise.all(texts.map((text) => write(id, text)))
    const [text, version] = await read(id)
    expect([version, await unsettled()]).toEqual([5, 0])
    expect(publishing.text).toBe(text)
    const revisions = await dataSource.query('select version from revisions where post_id = $1', [
      id,
    ])
    expect(revisions).toHaveLength(5)
  })

  it('is refused to who has read another version, whoever is at work', async () => {
    const id = await aPost()
    const results = await Promise.allSettled(['الف', 'ب', 'پ'].map((text) => write(id, text, [1])))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await read(id))[1]).toBe(2)
    expect(publishing.text).toBe((await read(id))[0])
  })

  it('keeps the rows of publications that are not there to be changed', async () => {
    const id = await aPost()
    await write(id, 'دو')
    const rows = await dataSource.getRepository(PostPublicationRow).findBy({ postId: id })
    expect(rows.map(({ state, dueAt }) => [state, dueAt.toISOString()])).toEqual([
      ['planned', '2030-01-01T05:30:00.000Z'],
    ])
  })
})
