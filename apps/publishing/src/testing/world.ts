import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { RequestClient, type RunningService, Transactions } from '@hamava/bus'
import { testNats } from '@hamava/bus/testing'
import {
  type CallContext,
  connectChannel,
  getPublication,
  type PlannedPublication,
  type PostSnapshot,
  type PublicationState,
  replacePublications,
  systemContext,
} from '@hamava/contracts'
import { canonicalHash, newId } from '@hamava/service-kit'
import { eventually, testDatabase } from '@hamava/service-kit/testing'
import { DataSource } from 'typeorm'
import type { Config } from '../config.ts'
import { database } from '../database/database.ts'
import { DispatchSignal } from '../lanes/dispatch-signal.ts'
import { PlanPublications } from '../planning/plan-publications.ts'
import { create } from '../service.ts'
import { testNetwork } from './network.ts'
import { type PublisherProcess, startPublisher } from './publisher-process.ts'

type Part = PostSnapshot['parts'][number]

export interface Wish {
  channelId: string
  text?: string
  parts?: Part[]
  inMs?: number
  version?: number
  isApproved?: boolean
  publicationId?: string
}

export const part = (text: string, role: Part['role'] = 'post', assets: Part['assets'] = []) => ({
  role,
  text,
  assets,
})

/** A plan as scheduling would send it. */
export function aPlan({ channelId, text = 'سلام', inMs = 0, ...wish }: Wish): PlannedPublication {
  const snapshot = { parts: wish.parts ?? [part(text)], settings: {} }
  const snapshotHash = canonicalHash(snapshot)
  return {
    publicationId: wish.publicationId ?? newId('publication'),
    postId: newId('post'),
    channelId,
    network: 'sandbox',
    snapshot,
    snapshotHash,
    approvedHash: wish.isApproved === false ? null : snapshotHash,
    version: wish.version ?? 1,
    dueAt: new Date(Date.now() + inMs).toISOString(),
  }
}

/** Publishing as it runs: its database, NATS, the sandbox network and one replica, or more. */
export async function testWorld(settings: Partial<Config> = {}, own: Partial<Config> = {}) {
  const [db, nats, network, folder] = await Promise.all([
    testDatabase(database),
    testNats(),
    testNetwork(),
    mkdtemp(join(tmpdir(), 'hamava-files-')),
  ])
  const config: Config = {
    DATABASE_URL: db.url,
    NATS_URL: nats.url,
    HEALTH_PORT: 0,
    HEALTH_HOST: '127.0.0.1',
    LOG_LEVEL: (process.env.HAMAVA_TEST_LOG as Config['LOG_LEVEL']) ?? 'fatal',
    HAMAVA_SECRET_KEY: randomBytes(32).toString('base64'),
    HAMAVA_STORAGE_URL: pathToFileURL(folder).href,
    LEASE_MS: 2_000,
    REQUEST_TIMEOUT_MS: 500,
    // The sandbox is quick, unless a spec slows it down.
    DOUBT_WAIT_MS: 0,
    LATE_MINUTES: 15,
    CONCURRENCY: 64,
    STUCK_AFTER_MS: 600_000,
    PREPARE_AHEAD_MS: 0,
    PUBLISHING_NETWORKS: [],
    ...settings,
    HAMAVA_OUTBOUND_ALLOW: [network.url, ...(settings.HAMAVA_OUTBOUND_ALLOW ?? [])],
  }
  const replicas = new Set<RunningService>()
  const addReplica = async (more: Partial<Config> = {}) => {
    const service = await create({ ...config, ...more })
    await service.start()
    replicas.add(service)
    return service
  }
  const publishers = new Set<PublisherProcess>()
  const service = await addReplica(own)
  const call: CallContext = systemContext(newId('workspace'), 'test')
  const client = service.app.get(RequestClient)
  const dataSource = new DataSource({ type: 'postgres', url: db.url, poolSize: 2 })
  await dataSource.initialize()

  const publication = (id: string) => client.send(getPublication, call, { id })
  return {
    config,
    service,
    call,
    client,
    network,
    nats,
    folder,
    addReplica,
    /** A replica in a process of its own, from the built program. */
    addPublisher(node: string[] = []) {
      const publisher = startPublisher(config, node)
      publishers.add(publisher)
      return publisher
    },
    publication,
    sql: <T = Record<string, unknown>>(query: string, values: unknown[] = []) =>
      dataSource.query<T[]>(query, values),
    /** An account on the sandbox, and the channel to it. */
    async channel(handle: string, options: Parameters<typeof network.account>[1] = {}) {
      const { token, refreshToken } = await network.account(handle, options)
      const fields = { url: network.url, token, ...(refreshToken ? { refreshToken } : {}) }
      const wanted = { network: 'sandbox', method: 'access_token', fields } as const
      // On a busy machine connecting may take long, and more than one try.
      return eventually(`${handle} is connected`, () =>
        client
          .send(connectChannel, call, wanted, { deadlineMs: 20_000 })
          .catch((error: { code?: string }) => {
            if (error.code !== 'network_unreachable') throw error
            return null
          }),
      )
    },
    /** A picture in the storage, as a part has it. */
    async image(name: string): Promise<Part['assets'][number]> {
      const bytes = Buffer.from(`image ${name}`)
      await writeFile(join(folder, name), bytes)
      return {
        id: 'ast_01k00000000000000000000000',
        kind: 'image',
        mime: 'image/png',
        bytes: bytes.length,
        width: 1,
        height: 1,
        alt: 'غروب دماوند',
        fileName: name,
        sha256: '',
        storageKey: name,
      }
    },
    /** Takes plans over in one transaction; gives what became of each. */
    async plan(...plans: PlannedPublication[]) {
      const { app } = service
      return app.get(Transactions).run(async (tx) => {
        tx.afterCommit(() => app.get(DispatchSignal).signalAll())
        const results = []
        for (const planned of plans) {
          const taken = await app.get(PlanPublications).planAll(tx, [{ tx, call, planned }])
          results.push(taken.get(planned.publicationId))
        }
        return results
      })
    },
    cancel: ({ publicationId, channelId, postId, version }: PlannedPublication) =>
      client.send(replacePublications, call, {
        replace: [],
        cancel: [{ publicationId, channelId, postId, version }],
      }),
    reaches: (id: string, state: PublicationState, withinMs = 15_000) =>
      eventually(
        `${id} is ${state}`,
        async () => {
          // Asked of the database: a replica that stands still may be the one to be asked otherwise.
          const [row] = await dataSource.query<{ state: string }[]>(
            'select state from publications where id = $1',
            [id],
          )
          return row?.state === state && publication(id)
        },
        withinMs,
      ),
    async closeReplica(replica: RunningService) {
      replicas.delete(replica)
      await replica.close()
    },
    async close() {
      await Promise.all([...publishers].map((publisher) => publisher.kill()))
      await Promise.all([...replicas].map((replica) => replica.close()))
      await dataSource.destroy()
      await Promise.all([db.drop(), nats.stop(), network.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A world whose own replica plans and answers requests but publishes nothing: that is left to processes. */
export const worldOfProcesses = (settings: Partial<Config> = {}) =>
  testWorld(settings, {
    PUBLISHING_NETWORKS: ['none'],
    LEASE_MS: 60_000,
    REQUEST_TIMEOUT_MS: 10_000,
  })
export type TestWorld = Awaited<ReturnType<typeof testWorld>>
