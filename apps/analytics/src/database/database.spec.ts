import { schemaDrift, testDatabase } from '@hamava/service-kit/testing'
import { expect, it } from '@jest/globals'
import { database } from './database.ts'

it('has migrations that make what the entities say', async () => {
  await using db = await testDatabase(database)
  expect(await schemaDrift(db.url, database)).toEqual([])
})
