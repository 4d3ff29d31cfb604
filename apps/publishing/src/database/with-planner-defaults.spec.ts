import { dataSourceOptions } from '@hamava/service-kit'
import { type TestDatabase, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DataSource, type EntityManager } from 'typeorm'
import { database, plannerSettings } from './database.ts'
import { withPlannerDefaults } from './with-planner-defaults.ts'

let db: TestDatabase
let source: DataSource
beforeAll(async () => {
  db = await testDatabase(database)
  // One connection: what a read leaves behind is met by the next statement.
  source = await new DataSource(dataSourceOptions(db.url, database, 1)).initialize()
})
afterAll(async () => {
  await source.destroy()
  await db.drop()
})

const names = Object.keys(plannerSettings)
const settingsOf = async (manager: EntityManager) => {
  const rows = await manager.query<{ name: string; setting: string }[]>(
    'select name, setting from pg_settings where name = any($1)',
    [names],
  )
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}

it('gives the planner back for one read, and takes it again', async () => {
  expect(await settingsOf(source.manager)).toEqual(plannerSettings)
  const during = await withPlannerDefaults(source, settingsOf)
  const defaults = names.map((name) => [name, name === 'plan_cache_mode' ? 'auto' : 'on'])
  expect(during).toEqual(Object.fromEntries(defaults))
  expect(await settingsOf(source.manager)).toEqual(plannerSettings)
})

it('takes the planner again where a read fails', async () => {
  const failing = withPlannerDefaults(source, (manager) => manager.query('select 1 / 0'))
  await expect(failing).rejects.toThrow('division by zero')
  expect(await settingsOf(source.manager)).toEqual(plannerSettings)
})
