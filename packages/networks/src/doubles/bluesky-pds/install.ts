import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The server does not run on this project's Node, so it brings its own. */
const versions = { node: '22.23.3', '@atproto/pds': '0.5.35', '@did-plc/server': '0.0.1' }
const nodePackage = `node-${process.platform}-${process.arch}`
const marker = 'installed.json'

/** The Node that runs the server installed in a folder. */
export const nodeOf = (dir: string): string => join(dir, 'node_modules', nodePackage, 'bin', 'node')

/** Its SQLite is compiled here. A server for tests has a few rows, so compiling fast beats fast code. */
const quickBuild = { CFLAGS: '-O0', CXXFLAGS: '-O0', npm_config_jobs: 'max' }

/**
 * Installs a real Bluesky server into a folder of its own, outside the workspaces. The first time takes about a minute;
 * later calls return at once.
 */
export async function installBlueskyPds(dir: string): Promise<void> {
  if ((await readMarker(dir)) === JSON.stringify(versions)) return
  await mkdir(dir, { recursive: true })
  const manifest = {
    name: 'bluesky-pds-double',
    private: true,
    allowScripts: { 'better-sqlite3': true },
  }
  await writeFile(join(dir, 'package.json'), JSON.stringify(manifest, null, 2))
  const nodeHome = join(dir, 'node_modules', nodePackage)
  const env = {
    ...process.env,
    PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: nodeHome,
    ...quickBuild,
  }
  await npmInstall(dir, process.env, [`${nodePackage}@${versions.node}`])
  await npmInstall(dir, env, [
    `@atproto/pds@${versions['@atproto/pds']}`,
    `@did-plc/server@${versions['@did-plc/server']}`,
  ])
  await writeFile(join(dir, marker), JSON.stringify(versions))
}

/** An install that does nothing for this long is begun again. */
const tryMs = 5 * 60_000
const tries = 3

async function npmInstall(cwd: string, env: NodeJS.ProcessEnv, packages: string[]) {
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', ...packages]
  for (let left = tries - 1; ; left--) {
    try {
      await run('npm', args, {
        cwd,
        env,
        maxBuffer: 32 << 20,
        timeout: tryMs,
        killSignal: 'SIGKILL',
      })
      return
    } catch (error) {
      const isStuck = (error as { killed?: boolean }).killed === true
      if (!isStuck || left === 0) throw notInstalled(cwd, args, error)
    }
  }
}

function notInstalled(cwd: string, args: string[], error: unknown): Error {
  const said = hasStderr(error) ? error.stderr.slice(-2000) : error
  return new Error(
    `The Bluesky server could not be installed into ${cwd} (npm ${args.join(' ')}). ` +
      `It needs the npm registry, Python and a C++ compiler. npm said:\n${said}`,
    { cause: error },
  )
}

const readMarker = (dir: string): Promise<string | null> =>
  readFile(join(dir, marker), 'utf8').catch(() => null)

const hasStderr = (error: unknown): error is { stderr: string } =>
  typeof error === 'object' &&
  error !== null &&
  'stderr' in error &&
  typeof error.stderr === 'string'
