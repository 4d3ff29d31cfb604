import type { Options } from './options.ts'
import { printFinding } from './report/print-finding.ts'
import { printProfiles } from './report/print-profiles.ts'
import { printStatements } from './report/print-statements.ts'
import type { Outcome, Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'
import { Servers, sweepAbandoned } from './servers/servers.ts'
import { stopSides } from './sides/side.ts'

export interface Ran {
  readonly scenario: Scenario
  readonly seconds: number
  readonly outcome: Outcome | { readonly failure: string }
}

/** One after the other, each on servers of its own; one that fails does not stop the others. */
export async function runScenarios({ goals, quick, profile }: Options): Promise<Ran[]> {
  const chosen = scenarios.filter(({ id }) => goals.length === 0 || goals.includes(id))
  const ran: Ran[] = []
  await sweepAbandoned()
  for (const scenario of chosen) {
    console.log(`\n${scenario.id} ${scenario.title}`)
    const begun = performance.now()
    const outcome = await runOnServers(scenario, quick, profile)
    const seconds = (performance.now() - begun) / 1000
    if ('failure' in outcome) console.log(`  failed: ${outcome.failure}`)
    else {
      console.log(`  ${outcome.sizes} (${seconds.toFixed(0)} s)`)
      for (const finding of outcome.findings) console.log(`  ${printFinding(finding)}`)
    }
    ran.push({ scenario, seconds, outcome })
  }
  return ran
}

async function runOnServers(
  scenario: Scenario,
  quick: boolean,
  profile: boolean,
): Promise<Ran['outcome']> {
  const servers = new Servers({ profile })
  const stop = async () => {
    await stopSides()
    await servers.end()
    servers.forget()
    process.exit(130)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const outcome = scenario.run({
      servers,
      rounds: quick ? 3 : 5,
      size: (full, small) => (quick ? small : full),
      say: (line) => console.log(`  … ${line}`),
    })
    // A scenario that ran out of time may still wait for something; its servers are stopped under it.
    outcome.catch(() => {})
    return await Promise.race([outcome, timeOver(quick ? 300 : 1_800)])
  } catch (error) {
    return { failure: String((error as Error).stack ?? error) }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await stopSides()
    if (servers.profiles) for (const server of servers.databases) await printStatements(server)
    await servers.end()
    if (servers.profiles) printProfiles(servers.profiles)
    servers.forget()
  }
}

function timeOver(seconds: number): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`not done within ${seconds} s`)), seconds * 1000).unref(),
  )
}
