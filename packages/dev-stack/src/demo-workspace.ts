import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { readIfThere, writeAtomically } from './files/write-atomically.ts'
import { type OneOff, runOnce } from './processes/run-once.ts'
import { type ChannelToConnect, connectChannels } from './seed.ts'

export interface DemoWorkspace {
  readonly workspaceId: string
  readonly email: string
  readonly apiKey: string
}

interface Marker {
  /** The identifier of the seeded database: a new database is seeded again. */
  readonly database: string
  readonly workspace: DemoWorkspace
  readonly connected: readonly string[]
  /** The database that all data was moved to; `database` stays valid, as it may be put back. */
  readonly copy?: string
}

const markerFile = (dataDir: string) => join(dataDir, 'seed.json')
const readMarker = (dataDir: string) =>
  JSON.parse(readIfThere(markerFile(dataDir)) ?? 'null') as Marker | null
const writeMarker = (dataDir: string, marker: Marker) =>
  writeAtomically(markerFile(dataDir), `${JSON.stringify(marker, null, 2)}\n`, 0o600)

export interface DemoOptions {
  readonly dataDir: string
  readonly databaseUrl: string
  readonly gatewayUrl: string
  readonly setup: OneOff
  readonly channels: readonly ChannelToConnect[]
}

/** Makes the demo workspace and connects its channels, once for each database and channel. */
export async function ensureDemoWorkspace(options: DemoOptions): Promise<DemoWorkspace> {
  const database = await databaseIdentifier(options.databaseUrl)
  const kept = readMarker(options.dataDir)
  const done = kept?.database === database || kept?.copy === database ? kept : undefined
  const workspace = done?.workspace ?? (await setUpWorkspace(options.setup))
  const connected = new Set(done?.connected)
  const save = () => {
    writeMarker(options.dataDir, { database, ...done, workspace, connected: [...connected] })
  }
  if (!done) save()
  for (const channel of options.channels) {
    const name = createHash('sha256').update(JSON.stringify(channel)).digest('hex').slice(0, 32)
    if (connected.has(name)) continue
    await connectChannels(options.gatewayUrl, workspace.apiKey, [channel])
    connected.add(name)
    save()
  }
  return workspace
}

/** Marks the copy of a seeded database as seeded, too. */
export async function copyMarker(dataDir: string, fromUrl: string, toUrl: string): Promise<void> {
  const kept = readMarker(dataDir)
  const database = await databaseIdentifier(fromUrl)
  if (kept?.database !== database && kept?.copy !== database) return
  writeMarker(dataDir, { ...kept, database, copy: await databaseIdentifier(toUrl) })
}

async function setUpWorkspace(setup: OneOff): Promise<DemoWorkspace> {
  const printed = await runOnce('setting up the demo workspace', setup)
  const line = printed.split('\n').find((text) => text.startsWith('{'))
  const said = JSON.parse(line ?? '{}') as Partial<DemoWorkspace>
  if (!said.workspaceId || !said.email || !said.apiKey) {
    throw new Error(`the gateway's setup did not say workspaceId, email and apiKey: ${printed}`)
  }
  return { workspaceId: said.workspaceId, email: said.email, apiKey: said.apiKey }
}

/** Every PostgreSQL data folder has a number of its own. */
async function databaseIdentifier(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      'select system_identifier::text as id from pg_control_system()',
    )
    return rows[0].id
  } finally {
    await client.end()
  }
}
