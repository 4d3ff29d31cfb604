import { forward } from './forward.mjs'
import { at } from './root.mjs'

/** Hands over to the stack's supervisor. */
export function run(args) {
  const main = at('packages/dev-stack/src/main.ts')
  return forward(process.execPath, ['--conditions=source', main, ...args], { channel: true })
}
