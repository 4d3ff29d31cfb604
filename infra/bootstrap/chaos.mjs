import { forward } from './forward.mjs'
import { at } from './root.mjs'

/** Hands over to the chaos run, which brings up a system of its own. */
export function run(args) {
  const main = at('chaos/src/main.ts')
  return forward(process.execPath, ['--conditions=source', main, ...args], { channel: true })
}
