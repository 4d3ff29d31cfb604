import { newId } from '@hamava/service-kit'
import { testDatabase } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { database } from './database.ts'

describe('the audit log', () => {
  it.each([
    'update audit_events set action = $$x$$',
    'delete from audit_events',
    'truncate audit_events',
  ])('refuses to %s', async (statement) => {
    await using migrated = await testDatabase(database)
    const client = new Client({ connectionString: migrated.url })
    await client.connect()
    await client.query(
      `insert into audit_events (id, workspace_id, actor, action, subject) values ($1, 'ws', '{}', 'a', '{}')`,
      [newId('auditEvent')],
    )
    await expect(client.query(statement)).rejects.toThrow('the audit log is append-only')
    await client.end()
  })
})
