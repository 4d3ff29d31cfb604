import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { checkOut } from '@hamava/dev-stack/parts'
import { faults } from '../faults/index.ts'
import type { Options } from '../options.ts'
import { install } from '../run/prepare-commit.ts'
import { runFuzz } from '../run/run-fuzz.ts'
import { withSystem } from '../run/with-system.ts'
import { foundFaults, type Judged } from './found-faults.ts'
import { drawFaults, plantFaults } from './plant-faults.ts'

const run = promisify(execFile)
/** The share of planted faults that must be found; a lower one shows a gap in the oracles. */
const enough = 0.9

export interface Surroundings {
  readonly say: (line: string) => void
  readonly print: (line: string) => void
  readonly signal: AbortSignal
}

/** Plants faults in a clone, and tells which of them a run finds that the same run on the unchanged system has not. */
export async function breakAndFind(options: Options, around: Surroundings): Promise<boolean> {
  const { seed, break: count = 20, faults: only } = options
  const { say, print, signal } = around
  const choice = only ? faults.filter(({ id }) => id.startsWith(only)) : faults
  const planted = drawFaults(choice, seed, count)
  const { folder } = await checkOut(options.commit ?? 'HEAD', '.hamava/broken')
  const mend = () => run('git', ['-C', folder, 'checkout', '--quiet', '--force', '.'])
  await install(folder, signal)
  await mend()
  say('asking the system as it is')
  const unbroken = await ask(folder, options, around)
  plantFaults(folder, planted)
  try {
    say(`planted ${planted.map(({ id }) => id).join(', ')}`)
    const broken = await ask(folder, options, around)
    const { judged, others } = foundFaults(planted, unbroken.violations, broken.violations)
    for (const one of judged) print(lineOf(one))
    const causes = new Set(
      others.map(({ oracle, operation, what }) => `${oracle}: ${what}, on ${operation}`),
    )
    if (causes.size > 0) print(`\nnew, and of none of them alone:\n  ${[...causes].join('\n  ')}`)
    const found = judged.filter(({ shownBy }) => shownBy).length
    print(`\nfound ${found} of ${planted.length}`)
    return found >= planted.length * enough
  } finally {
    await mend()
  }
}

function ask(root: string, options: Options, { say, signal }: Surroundings) {
  const { keep = false } = options
  return withSystem({ root, build: true, keep, say, signal }, (access) =>
    runFuzz({ ...options, access, say, signal }),
  )
}

function lineOf({ fault, shownBy }: Judged): string {
  const { id, what } = fault
  if (!shownBy) return `NOT FOUND  ${id}: ${what}`
  return `found      ${id}: ${what}\n             ${shownBy.oracle}: ${shownBy.what}, on ${shownBy.operation} (request ${shownBy.number})`
}
