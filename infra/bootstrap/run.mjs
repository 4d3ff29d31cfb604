// What npm start, npm test, npm run check, chaos, bench and fuzz begin with. On a bare machine this runs before anything is
// installed, on whatever Node the machine has, so it is plain JavaScript without dependencies.
import { ensureInstalled } from './ensure-installed.mjs'
import { onPinnedNode } from './on-pinned-node.mjs'

const commands = {
  start: () => import('./start.mjs'),
  test: () => import('./test.mjs'),
  check: () => import('./check.mjs'),
  chaos: () => import('./chaos.mjs'),
  bench: () => import('./bench.mjs'),
  fuzz: () => import('./fuzz.mjs'),
}

const [name = '', ...args] = process.argv.slice(2)
const load = commands[name]
if (!load) {
  console.error(`usage: node infra/bootstrap/run.mjs ${Object.keys(commands).join('|')}`)
  process.exit(2)
}
ensureInstalled()
if (!onPinnedNode()) {
  const { run } = await load()
  process.exitCode = await run(args)
}
