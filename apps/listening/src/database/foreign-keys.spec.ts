import { dataSourceOptions } from '@hamava/service-kit'
import { foreignKeys, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from './database.ts'
import { ForeignKeys1796800000100 } from './migrations/1796800000100-foreign-keys.ts'

describe('foreign keys', () => {
  let migrated: TestDatabase
  let dataSource: DataSource

  beforeAll(async () => {
    migrated = await testDatabase(database)
    dataSource = await new DataSource(dataSourceOptions(migrated.url, database)).initialize()
  })
  afterAll(async () => {
    await dataSource?.destroy()
    await migrated?.drop()
  })

  it('stand where the parent is written before the child, or with it', async () => {
    expect(await foreignKeys(migrated.url)).toEqual([
      'messages FOREIGN KEY (conversation_id) REFERENCES conversations(id)',
      'messages FOREIGN KEY (replaces) REFERENCES messages(id)',
      'messages FOREIGN KEY (reply_to) REFERENCES messages(id)',
    ])
  })

  const write = (id: string, of: string, about: { replyTo?: string; replaces?: string } = {}) =>
    dataSource.query(
      `insert into messages (id, conversation_id, channel_id, direction, text, at, state, revision, reply_to, replaces)
       values ($1, $2, 'ch_1', 'out', 'سلام', now(), 'planned', 0, $3, $4)`,
      [id, of, about.replyTo ?? null, about.replaces ?? null],
    )
  const converse = (id: string) =>
    dataSource.query(
      `insert into conversations (id, workspace_id, channel_id, network, thread_key, kind, person, has_incoming, state,
         excerpt, message_count, last_message_at, created_at, version)
       values ($1, 'ws_1', 'ch_1', 'sandbox', $1, 'comment', '{}', false, 'open', '', 0, now(), now(), 1)`,
      [id],
    )

  it('refuse what is of no conversation, answers nothing, or replaces nothing', async () => {
    await converse('cnv_1')
    await write('msg_1', 'cnv_1')
    await write('msg_2', 'cnv_1', { replyTo: 'msg_1', replaces: 'msg_1' })
    const refused: [() => Promise<unknown>, string][] = [
      [() => write('msg_3', 'cnv_none'), 'messages_conversation_id_fkey'],
      [() => write('msg_3', 'cnv_1', { replyTo: 'msg_none' }), 'messages_reply_to_fkey'],
      [() => write('msg_3', 'cnv_1', { replaces: 'msg_none' }), 'messages_replaces_fkey'],
    ]
    for (const [attempt, key] of refused) await expect(attempt()).rejects.toThrow(key)
  })

  it('come to data that has orphans, and leave the rest of it as it is', async () => {
    const migration = new ForeignKeys1796800000100()
    const runner = dataSource.createQueryRunner()
    await migration.down(runner)
    await converse('cnv_2')
    await write('msg_lost', 'cnv_none')
    await write('msg_4', 'cnv_2', { replyTo: 'msg_lost', replaces: 'msg_none' })
    await write('msg_5', 'cnv_2', { replyTo: 'msg_4' })
    await migration.up(runner)
    await runner.release()
    const kept = `select id, reply_to, replaces from messages where conversation_id <> 'cnv_1' order by id`
    expect(await dataSource.query(kept)).toEqual([
      { id: 'msg_4', reply_to: null, replaces: null },
      { id: 'msg_5', reply_to: 'msg_4', replaces: null },
    ])
    expect(await foreignKeys(migrated.url)).toHaveLength(3)
  })
})
