import { join } from 'node:path'
import { nodeFlags, program, repositoryRoot, runOnce } from '@hamava/dev-stack/parts'
import type { Database } from './databases.ts'
import type { Servers } from './servers.ts'

export interface Workspace {
  readonly workspaceId: string
  readonly apiKey: string
}

/** A workspace with a key that may do everything, made by the gateway's own program. */
export async function setUpWorkspace(servers: Servers, database: Database): Promise<Workspace> {
  const printed = await runOnce('setting up a workspace', {
    command: process.execPath,
    args: [...nodeFlags('gateway'), program(repositoryRoot, 'gateway', 'setup.js')],
    cwd: repositoryRoot,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: database.urlOf('gateway'),
      HAMAVA_SETUP_EMAIL: 'bench@example.org',
      HAMAVA_SETUP_PASSWORD: 'only for the benchmark',
      HAMAVA_SETUP_WORKSPACE: 'سنجش',
    },
    logFile: join(servers.folder, 'setup.log'),
  })
  const line = printed.split('\n').find((text) => text.startsWith('{'))
  return JSON.parse(line ?? '{}') as Workspace
}
