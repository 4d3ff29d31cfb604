import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Jest reporter that leaves one package's counts where `npm test` adds them up. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const folder = process.env.HAMAVA_TEST_RESULTS
    if (!folder) return
    const { name } = JSON.parse(readFileSync('package.json', 'utf8'))
    const counts = {
      package: name,
      passed: results.numPassedTests,
      // A spec file that could not even run counts as one failed test.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      seconds: (Date.now() - results.startTime) / 1000,
    }
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${name.replace('/', '__')}.json`), JSON.stringify(counts))
  }
}
