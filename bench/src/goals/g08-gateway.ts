import { fileURLToPath } from 'node:url'
import { freePort } from '@hamava/dev-stack/parts'
import type { Bench } from '../bench.ts'
import { interleave, ratios } from '../measuring/interleave.ts'
import { ProcessorMeter } from '../measuring/processor-meter.ts'
import { median } from '../measuring/statistics.ts'
import { startPeer } from '../peers/peers.ts'
import { startService } from '../publishing/publisher.ts'
import type { Finding, Scenario } from '../scenario.ts'
import { makeDatabase } from '../servers/databases.ts'
import { setUpWorkspace } from '../servers/workspace.ts'
import type { LoadAnswer } from '../sides/http-load.ts'
import { startSide } from '../sides/side.ts'

const side = (name: string) => fileURLToPath(new URL(`../sides/${name}.ts`, import.meta.url))
const [served, asking] = [0, 1]

export const gatewayRequests: Scenario = {
  id: 'G8',
  title: 'Requests through the gateway, and between services',
  run: async (bench: Bench) => {
    const { servers } = bench
    const [postgres, nats] = [await servers.postgres(), await servers.nats('nats')]
    const database = await makeDatabase(postgres, 'hamava', ['gateway', 'content'])
    const options = { database, natsUrl: nats.url, core: served }
    const gateway = await startService(servers, 'gateway', options)
    const { apiKey } = await setUpWorkspace(servers, database)
    const authorization = { authorization: `Bearer ${apiKey}` }
    const read = '/v1/audit-events?limit=10'
    const ANSWER = await (await fetch(gateway.url + read, { headers: authorization })).text()

    const bare = `http://127.0.0.1:${await freePort()}`
    const peerEnv = { PORT: new URL(bare).port, ANSWER, NATS_URL: nats.url }
    await startPeer('fastify', { core: served, env: peerEnv })
    const load = await startSide({ program: side('http-load'), core: asking })
    const forMs = bench.size(3_000, 1_000)
    const get =
      (url: string, headers = {}, meter = new ProcessorMeter('request')) =>
      () =>
        meter.during(
          (perSecond) => (perSecond * forMs) / 1000,
          async () => {
            const question = { url, headers, connections: 64, forMs }
            return (await load.ask<LoadAnswer>(question)).perSecond
          },
        )
    const meters = {
      hello: new ProcessorMeter('request'),
      read: new ProcessorMeter('request'),
      hop: new ProcessorMeter('request'),
    }
    const http = await interleave(bench.rounds, {
      hello: get(`${gateway.url}/health/live`, {}, meters.hello),
      bareHello: get(`${bare}/hello`),
      read: get(gateway.url + read, authorization, meters.read),
      bareRead: get(`${bare}/read?limit=10`),
    })

    await startPeer('nats-rpc', { core: served, env: { ...peerEnv, ROLE: 'answers' } })
    const bareCaller = await startPeer('nats-rpc', { core: asking, env: peerEnv })
    const answerer = { ...peerEnv, DATABASE_URL: database.urlOf('content') }
    await startSide({ program: side('request-answerer'), core: served, env: answerer })
    const caller = await startSide({ program: side('request-caller'), core: asking, env: peerEnv })
    const count = bench.size(20_000, 5_000)
    const hop = await interleave(bench.rounds, {
      ours: () =>
        meters.hop.during(count, async () => (await caller.ask<LoadAnswer>({ count })).perSecond),
      bare: async () => (await bareCaller.ask<LoadAnswer>({ count })).perSecond,
    })
    await database.pool.end()
    const finding = (
      measure: string,
      ours: number[],
      theirs: number[],
      meter: ProcessorMeter,
      atLeast: number,
    ): Finding => ({
      measure,
      unit: '×',
      rounds: ratios(ours, theirs),
      own: { unit: 'a second', rounds: ours },
      processor: meter.last(ours.length),
      atLeast,
      scale: `${Math.round(median(ours))} ÷ ${Math.round(median(theirs))} a second`,
    })
    return {
      sizes: '64 at a time; the server on one core, the asker on the other, databases on both',
      findings: [
        finding('a greeting ÷ bare Fastify', http.hello, http.bareHello, meters.hello, 0.85),
        finding(
          'a read with a key, checked, from the database ÷ bare Fastify with the same answer in memory',
          http.read,
          http.bareRead,
          meters.read,
          0.5,
        ),
        finding(
          'a request to another service ÷ the bare NATS client',
          hop.ours,
          hop.bare,
          meters.hop,
          0.85,
        ),
      ],
    }
  },
}
