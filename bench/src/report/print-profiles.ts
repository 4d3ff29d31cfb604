import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string }
  }[]
  readonly samples: readonly number[]
}

const shownCosts = 30

/** Says of each service where its processor time went: by package or file of ours, then by function. */
export function printProfiles(folder: string): void {
  for (const file of globSync('*/*.cpuprofile', { cwd: folder })) {
    const { nodes, samples } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
    const busy = samples.flatMap((id) => {
      const frame = frames.get(id)
      return frame && !['(idle)', '(program)'].includes(frame.functionName) ? [frame] : []
    })
    console.log(`\n  ${file.split('/')[0]}: ${busy.length} of ${samples.length} samples at work`)
    printShares(busy.map(({ url }) => placeOf(url)))
    printShares(
      busy.map(({ functionName, url }) => `${functionName || '(no name)'}  ${placeOf(url)}`),
    )
  }
}

function printShares(names: readonly string[]): void {
  const counts = [...Map.groupBy(names, (name) => name)].map(
    ([name, all]) => [name, all.length] as const,
  )
  for (const [name, count] of counts.sort((a, b) => b[1] - a[1]).slice(0, shownCosts)) {
    const share = (count / names.length) * 100
    if (share >= 1) console.log(`    ${share.toFixed(1).padStart(5)} %  ${name}`)
  }
}

function placeOf(url: string): string {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(
    url.slice(url.lastIndexOf('node_modules')),
  )
  const ours = /\/((?:apps|packages)\/.*)$/.exec(url)
  return inPackage?.[1] ?? ours?.[1] ?? (url || 'engine')
}
