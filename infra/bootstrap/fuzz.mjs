import { forward } from './forward.mjs'
import { at } from './root.mjs'

/** Hands over to the run of generated requests, which brings up a system of its own unless it is given an address. */
export function run(args) {
  const main = at('fuzz/src/main.ts')
  return forward(process.execPath, ['--conditions=source', main, ...args], { channel: true })
}
