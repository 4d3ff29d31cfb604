import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { dataSourceOptions } from './data-source-options.ts'

describe('the settings of connections', () => {
  const parts = { entities: [], migrations: [] }
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase(parts)
  })
  afterAll(() => database?.drop())

  it.each(['', '?options=-c%20search_path%3Dcontent%2Cpublic', '?application_name=x'])(
    'hold beside those of the address: %s',
    async (query) => {
      const settings = '-c enable_seqscan=off -c jit=off'
      const options = dataSourceOptions(`${database.url}${query}`, { ...parts, settings })
      const source = await new DataSource(options).initialize()
      const show = async (name: string) => Object.values((await source.query(`show ${name}`))[0])[0]
      expect(await show('enable_seqscan')).toBe('off')
      expect(await show('jit')).toBe('off')
      expect(await show('search_path')).toBe(
        query.includes('search_path') ? 'content,public' : '"$user", public',
      )
      await source.destroy()
    },
  )
})
