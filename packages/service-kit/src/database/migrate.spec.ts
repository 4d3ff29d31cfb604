import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import type { MigrationInterface, QueryRunner } from 'typeorm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { migrate } from './migrate.ts'

class First1700000000000 implements MigrationInterface {
  name = 'First1700000000000'
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table firsts (id int)')
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table firsts')
  }
}

const parts = { entities: [], migrations: [First1700000000000] }

describe('migrating', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await testDatabase(parts)
  })
  afterAll(() => database.drop())

  it('does nothing the second time', async () => {
    expect(await migrate(database.url, parts)).toEqual([])
  })

  it('refuses data of a newer version, and says what to do', async () => {
    const client = new Client({ connectionString: database.url })
    await client.connect()
    await client.query(`insert into migrations (timestamp, name) values (9, 'Future9')`)
    await client.end()
    await expect(migrate(database.url, parts)).rejects.toThrow(
      /from a newer version of Hamava \(it has Future9\)/,
    )
  })
})
