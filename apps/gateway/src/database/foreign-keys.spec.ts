import { dataSourceOptions } from '@hamava/service-kit'
import { foreignKeys, type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from './database.ts'
import { ForeignKeys1796800000400 } from './migrations/1796800000400-foreign-keys.ts'

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
      'api_keys FOREIGN KEY (made_by_key_id) REFERENCES api_keys(id)',
      'api_keys FOREIGN KEY (workspace_id) REFERENCES workspaces(id)',
      'members FOREIGN KEY (person_id) REFERENCES people(id)',
      'members FOREIGN KEY (workspace_id) REFERENCES workspaces(id)',
      'sessions FOREIGN KEY (member_id) REFERENCES members(id) ON DELETE CASCADE',
      'sessions FOREIGN KEY (person_id) REFERENCES people(id)',
    ])
  })

  const join = (id: string, workspaceId: string, personId: string) =>
    dataSource.query(
      `insert into members (id, workspace_id, person_id, role, version) values ($1, $2, $3, 'owner', 1)`,
      [id, workspaceId, personId],
    )
  const logIn = (id: string, personId: string, memberId: string) =>
    dataSource.query(
      `insert into sessions (id, token_hash, csrf_token, person_id, member_id, expires_at)
       values ($1, $1, '', $2, $3, now() + interval '1 day')`,
      [id, personId, memberId],
    )
  const makeKey = (id: string, workspaceId: string, maker: string | null) =>
    dataSource.query(
      `insert into api_keys (id, workspace_id, name, prefix, secret_hash, scopes, owner_id, made_by_key_id)
       values ($1, $2, 'CI', '', $1, '[]', 'mbr_gone', $3)`,
      [id, workspaceId, maker],
    )
  const idsOf = async (table: string) => {
    const rows = await dataSource.query<{ id: string }[]>(`select id from ${table} order by id`)
    return rows.map(({ id }) => id)
  }

  it('refuse what is of nobody, or of no workspace', async () => {
    await dataSource.query(`insert into people values ('per_1', 'a@example.org', 'مینا', '')`)
    await dataSource.query(`insert into workspaces values ('ws_1', 'آزمایش', 'UTC', 1)`)
    await join('mbr_1', 'ws_1', 'per_1')
    const refused: [() => Promise<unknown>, string][] = [
      [() => join('mbr_2', 'ws_none', 'per_1'), 'members_workspace_id_fkey'],
      [() => join('mbr_2', 'ws_1', 'per_none'), 'members_person_id_fkey'],
      [() => logIn('ses_1', 'per_1', 'mbr_none'), 'sessions_member_id_fkey'],
      [() => logIn('ses_1', 'per_none', 'mbr_1'), 'sessions_person_id_fkey'],
      [() => makeKey('key_1', 'ws_none', null), 'api_keys_workspace_id_fkey'],
      [() => makeKey('key_1', 'ws_1', 'key_none'), 'api_keys_made_by_key_id_fkey'],
    ]
    for (const [write, key] of refused) await expect(write()).rejects.toThrow(key)
  })

  it('come to data that has orphans, and leave the rest of it as it is', async () => {
    const migration = new ForeignKeys1796800000400()
    const runner = dataSource.createQueryRunner()
    await migration.down(runner)
    await logIn('ses_1', 'per_1', 'mbr_1')
    await logIn('ses_2', 'per_1', 'mbr_gone')
    await join('mbr_2', 'ws_none', 'per_1')
    await logIn('ses_3', 'per_1', 'mbr_2')
    await makeKey('key_1', 'ws_1', 'key_none')
    await makeKey('key_2', 'ws_1', 'key_1')
    await makeKey('key_3', 'ws_none', null)
    await migration.up(runner)
    await runner.release()
    expect(await idsOf('members')).toEqual(['mbr_1'])
    expect(await idsOf('sessions')).toEqual(['ses_1'])
    expect(
      await dataSource.query('select id, made_by_key_id as maker from api_keys order by id'),
    ).toEqual([
      { id: 'key_1', maker: null },
      { id: 'key_2', maker: 'key_1' },
    ])
    expect(await foreignKeys(migrated.url)).toHaveLength(6)
  })
})
