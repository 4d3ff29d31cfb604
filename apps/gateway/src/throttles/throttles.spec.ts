import { dataSourceOptions } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DataSource } from 'typeorm'
import { database } from '../database/database.ts'
import { LoginDelays } from './login-delays.ts'
import { Shares } from './shares.ts'

let replicas: DataSource[]
let drop: () => Promise<unknown>

beforeAll(async () => {
  const made = await testDatabase(database)
  drop = () => made.drop()
  const open = () => new DataSource(dataSourceOptions(made.url, database, 4)).initialize()
  replicas = await Promise.all([open(), open()])
})

afterAll(async () => {
  await Promise.all(replicas?.map((one) => one.destroy()) ?? [])
  await drop?.()
})

const anHour = 3_600_000

describe('the requests of a caller', () => {
  it('are as many as they may be, over all replicas and however many at once', async () => {
    const both = replicas.map((one) => new Shares(one, 500, anHour))
    const asked = Array.from({ length: 1_200 }, (_, at) => both[at % 2]?.spend('somebody'))
    const spent = await Promise.all(asked)
    expect(spent.filter((one) => one?.isAllowed)).toHaveLength(500)
    const others = await both[0]?.spend('somebody else')
    expect(others).toMatchObject({ isAllowed: true, left: 499 })
  })

  it('write once for each share', async () => {
    const [first] = replicas
    if (!first) throw new Error('a replica is needed')
    // Six hundred in a minute are ten in a second.
    const shares = new Shares(first, 600, 60_000)
    const taken = async () => {
      const rows = await first.query<{ spent: number }[]>(
        `select spent from spent_requests where who = 'one by one'`,
      )
      return rows[0]?.spent ?? 0
    }
    for (let at = 0; at < 10; at++) await shares.spend('one by one')
    expect(await taken()).toBe(10)
    await shares.spend('one by one')
    expect(await taken()).toBe(20)
  })

  it('begin again with each window', async () => {
    const [first] = replicas
    if (!first) throw new Error('a replica is needed')
    const shares = new Shares(first, 2, 400)
    await eventually('they are used up', async () => !(await shares.spend('again')).isAllowed)
    await eventually('another window', async () => (await shares.spend('again')).isAllowed)
  })
})

describe('logins', () => {
  const from = (at: number) => new LoginDelays(replicas[at % 2] as DataSource)
  const attempt = (email: string, address: string, at = 0) =>
    from(at)
      .begin(email, address)
      .then(
        () => 'allowed',
        (error: { code: string }) => error.code,
      )

  it('that fail slow down the next from there, however they are spread over replicas', async () => {
    const guesses = Array.from({ length: 30 }, (_, at) =>
      attempt('sara@example.org', '10.0.0.1', at),
    )
    const outcomes = await Promise.all(guesses)
    expect(outcomes.filter((one) => one === 'allowed')).toHaveLength(5)
    await eventually(
      'the delay is over',
      async () => (await attempt('sara@example.org', '10.0.0.1')) === 'allowed',
      5_000,
    )
  })

  it('are not refused to the right person elsewhere, and leave no trace', async () => {
    const attempt = await from(0).begin('sara@example.org', '10.0.0.2')
    await from(1).forgive(attempt, 'sara@example.org', '10.0.0.2')
    for (let at = 0; at < 40; at++) {
      await from(at).forgive(
        await from(at).begin('good@example.org', '10.9.0.1'),
        'good@example.org',
        '10.9.0.1',
      )
    }
  })

  it('that are refused are not counted', async () => {
    for (let at = 0; at < 60; at++) await attempt('zoe@example.org', `10.4.0.${at}`, at)
    const there = Array.from({ length: 20 }, (_, at) => attempt('zoe@example.org', '10.5.0.1', at))
    expect(await Promise.all(there)).toContain('login_throttled')
    await eventually(
      'the right person waits no longer than anybody',
      async () => (await attempt('zoe@example.org', '10.5.0.1')) === 'allowed',
      10_000,
    )
  })

  it('are counted by the network of an IPv6 address, as one caller has all of it', async () => {
    const guesses = Array.from({ length: 30 }, (_, at) =>
      attempt('ali@example.org', `2001:db8:1:2::${at.toString(16)}`, at),
    )
    expect((await Promise.all(guesses)).filter((one) => one === 'allowed')).toHaveLength(5)
  })

  it('that many places guess at delay everybody by seconds, and no more', async () => {
    for (let at = 0; at < 60; at++) await attempt('mina@example.org', `10.1.0.${at}`, at)
    await eventually(
      'the right person gets in',
      async () => (await attempt('mina@example.org', '10.2.0.1')) === 'allowed',
      10_000,
    )
  })

  it('from one place are slowed down for all e-mail addresses', async () => {
    const outcomes: string[] = []
    for (let at = 0; at < 60; at++) {
      outcomes.push(await attempt(`somebody-${at}@example.org`, '10.3.0.1', at))
    }
    expect(outcomes.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 'allowed'))
    expect(outcomes.at(-1)).toBe('login_throttled')
  })
})
