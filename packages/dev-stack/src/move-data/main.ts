import { join } from 'node:path'
import { CannotStartError } from '../cannot-start.error.ts'
import { repositoryRoot } from '../stack-options.ts'
import { moveData } from './move-data.ts'

/** `npm run move-data`: the installation in `.hamava/` into a database that knows Persian letters. */
const dataDir = join(repositoryRoot, '.hamava')
const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => stopping.abort(new Error('stopped; the old data is where it was')))
}
try {
  const kept = await moveData({
    dataDir,
    say: (line) => console.log(line),
    signal: stopping.signal,
  })
  console.log(kept ? moved(kept) : 'This database knows Persian letters; there is nothing to move.')
} catch (error) {
  if (error instanceof CannotStartError) console.error(`\n${error.message}\n\n  ${error.fix}\n`)
  else console.error(`\nThe data was not moved: ${(error as Error).message}\n`)
  process.exitCode = 1
}

function moved(kept: string): string {
  return `
Moved. npm start goes on with the copy in ${dataDir}/postgres;
the old data is in ${dataDir}/${kept}.

To go back (what is written after the move stays behind): stop Hamava, then
  mv ${dataDir}/postgres ${dataDir}/postgres-copy
  mv ${dataDir}/${kept} ${dataDir}/postgres
When all is well: rm -r ${dataDir}/${kept}`
}
