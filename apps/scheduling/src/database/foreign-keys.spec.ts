import { foreignKeys, testDatabase } from '@hamava/service-kit/testing'
import { expect, it } from '@jest/globals'
import { database } from './database.ts'

it('has no foreign keys: schedules and the calendar are both told of by events, in any order', async () => {
  await using db = await testDatabase(database)
  expect(await foreignKeys(db.url)).toEqual([])
})
