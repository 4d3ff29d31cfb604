import { forward } from './forward.mjs'
import { at } from './root.mjs'

/** Brings every dist/ up to date, as the real programs are measured, then measures. */
export async function run(args) {
  const built = await forward(at('node_modules/.bin/turbo'), [
    'run',
    'build',
    '--output-logs=errors-only',
  ])
  if (built !== 0) return built
  return forward(process.execPath, [at('bench/src/main.ts'), ...args])
}
