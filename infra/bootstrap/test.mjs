import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { forward } from './forward.mjs'
import { at, root } from './root.mjs'

/** Starts the servers once, runs every package's tests, and adds up what they counted. */
export async function run(args) {
  const results = makeResultsFolder()
  const { startTestServers } = await import('../../packages/dev-stack/src/test-servers.ts')
  const servers = await startTestServers(process.env)
  // Turborepo gets Ctrl-C from the terminal itself; we stay until the servers are stopped.
  const env = { ...servers.env, HAMAVA_TEST_RESULTS: results }
  try {
    const begun = performance.now()
    const expected = packagesToTest(args)
    const code = await forward(turbo, [...turboArgs, ...args], { env })
    return report(expected, results, code, performance.now() - begun)
  } finally {
    await servers.stop()
    rmSync(results, { recursive: true, force: true })
  }
}

const turbo = at('node_modules/.bin/turbo')
const turboArgs = [
  'run',
  'test',
  '--concurrency=1',
  '--continue=dependencies-successful',
  '--output-logs=full',
]

/** The packages that Turborepo will test and that have specs. */
function packagesToTest(args) {
  const ours = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  const plan = execFileSync(turbo, ['run', 'test', '--dry=json', ...ours], {
    cwd: root,
    maxBuffer: 1e9,
  })
  return JSON.parse(plan)
    .tasks.filter(({ task, command }) => task === 'test' && command !== '<NONEXISTENT>')
    .filter(({ directory }) => hasSpecs(at(directory)))
    .map((task) => task.package)
}

function hasSpecs(folder) {
  const specs = globSync('**/*.spec.{ts,tsx}', {
    cwd: folder,
    exclude: (name) => name === 'node_modules' || name === 'dist',
  })
  return specs.length > 0
}

function report(expected, results, turboCode, ms) {
  const rows = expected.map((name) => {
    const file = join(results, `${name.replace('/', '__')}.json`)
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
    return {
      package: `${name} (ended without counting its tests)`,
      passed: 0,
      failed: 1,
      seconds: 0,
    }
  })
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0)
  // A build that failed, say: no test did, and yet the run is not fine.
  const failedOtherwise = turboCode !== 0 && sum('failed') === 0
  if (failedOtherwise) {
    rows.push({ package: 'a task other than a test (see above)', passed: 0, failed: 1, seconds: 0 })
  }
  console.log(
    table([
      ...rows,
      { package: 'all', passed: sum('passed'), failed: sum('failed'), seconds: ms / 1000 },
    ]),
  )
  if (rows.length === 0) console.log('No package with tests was selected.')
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return rows.length === 0 || sum('failed') > 0 || turboCode !== 0 ? 1 : 0
}

function table(rows) {
  const width = Math.max(...rows.map((row) => row.package.length), 'package'.length)
  const line = (name, ...numbers) =>
    `${name.padEnd(width)}${numbers.map((text) => text.padStart(9)).join('')}`
  const head = line('package', 'passed', 'failed', 'seconds')
  return [
    '',
    head,
    ...rows.map((row) =>
      line(row.package, `${row.passed}`, `${row.failed}`, row.seconds.toFixed(1)),
    ),
  ].join('\n')
}

/** A folder for this run's counts; those of killed runs go. */
function makeResultsFolder() {
  mkdirSync(at('.hamava'), { recursive: true })
  for (const name of globSync('results-*', { cwd: at('.hamava') })) {
    if (!isAlive(Number(name.slice('results-'.length))))
      rmSync(at('.hamava', name), { recursive: true })
  }
  const folder = at('.hamava', `results-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process, or somebody else's: not a run of ours.
    return false
  }
}
