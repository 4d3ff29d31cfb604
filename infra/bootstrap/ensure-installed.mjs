import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { at, root } from './root.mjs'

/** Runs npm install when the lock file is another than at the last install, or nothing is installed. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) {
    stop(`Node ${process.versions.node} is too old: Hamava installs itself with Node 20 or newer.`)
  }
  const marker = at('.hamava/installed')
  if (existsSync(at('node_modules/.bin')) && read(marker) === lockHash()) return
  console.log('Installing packages (npm install) …')
  const begun = performance.now()
  const { command, args } = npm()
  const { status } = spawnSync(
    command,
    [...args, 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  )
  if (status !== 0)
    stop('npm install failed: see above. Once it is mended, run the same command again.')
  mkdirSync(at('.hamava'), { recursive: true })
  // Read again: npm may have written the platform's own packages into the lock.
  writeFileSync(marker, lockHash())
  console.log(`Installed in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}

/** The npm that runs us, else the one on the PATH. */
function npm() {
  const { env } = process
  const script = env.npm_execpath
  return script?.endsWith('.js')
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
