import { schemaDrift, testDatabase } from '@hamava/service-kit/testing'
import { describe, expect, it } from '@jest/globals'
import { database } from './database.ts'

describe('the schema', () => {
  it('is what the entities say, once it is migrated', async () => {
    await using migrated = await testDatabase(database)
    expect(await schemaDrift(migrated.url, database)).toEqual([])
  })
})
