import { repositoryRoot } from '@hamava/dev-stack/parts'
import { expect, it } from '@jest/globals'
import { known } from './known.ts'
import { printReport } from './report/print-report.ts'
import { runFuzz } from './run/run-fuzz.ts'
import { withSystem } from './run/with-system.ts'

it('asks a whole system for everything and finds nothing that is not known', async () => {
  const system = { root: repositoryRoot, build: false, keep: false, say: () => {} }
  const report = await withSystem(system, (access) =>
    runFuzz({ access, seed: 7, requests: 300, lanes: 1, say: () => {} }),
  )
  const said: string[] = []
  const unknown = printReport(report, known, (line) => said.push(line))
  // The whole report says more than a failed expectation.
  expect(unknown.length > 0 ? said.join('\n') : '').toBe('')
  expect(report.statuses['200']).toBeGreaterThan(50)
}, 300_000)
