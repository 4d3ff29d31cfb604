import { existsSync } from 'node:fs'
import { forward } from './forward.mjs'
import { at } from './root.mjs'

const steps = [
  { name: 'format and lint', command: ['biome', 'check', '.'] },
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  {
    name: 'types of the web app',
    command: ['tsc', '-p', 'apps/web/tsconfig.json'],
    needs: 'apps/web/tsconfig.json',
  },
  { name: 'types of the browser tests', command: ['tsc', '-p', 'tests/browser/tsconfig.json'] },
  { name: 'unused code', command: ['knip'] },
  {
    name: 'API document, its types, sides of styles',
    command: ['turbo', 'run', 'check', '--output-logs=errors-only'],
  },
  // Beside the migrations as they are built, which the step before has done.
  {
    name: 'schemas of the services',
    command: ['node', 'packages/dev-stack/src/schema/main.ts', '--check'],
  },
]

/** Runs every step, also after one has failed, and says at the end which did. */
export async function run() {
  const failed = []
  for (const { name, command, needs } of steps) {
    if (needs && !existsSync(at(needs))) continue
    console.log(`— ${name}: ${command.join(' ')}`)
    const begun = performance.now()
    const [program, ...args] = command
    const code = await forward(at('node_modules/.bin', program), args)
    console.log(
      `— ${name}: ${code === 0 ? 'fine' : 'FAILED'}, ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    )
    if (code !== 0) failed.push(name)
  }
  console.log(failed.length ? `check failed: ${failed.join(', ')}` : 'check passed')
  return failed.length ? 1 : 0
}
