import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import type { Options } from '../options.ts'
import type { Ran } from '../run-scenarios.ts'
import type { Curve } from '../scenario.ts'
import { chaosFindings } from './chaos-findings.ts'
import { type Judged, judge } from './judge.ts'

export interface GoalResult {
  readonly id: string
  readonly title: string
  readonly seconds: number
  readonly sizes: string
  readonly failure?: string
  readonly findings: readonly Judged[]
  readonly curves: readonly Curve[]
}

export interface Results {
  readonly at: string
  readonly quick: boolean
  readonly machine: {
    readonly cores: number
    readonly memoryGigabytes: number
    readonly node: string
  }
  readonly goals: readonly GoalResult[]
}

export function resultsOf(ran: readonly Ran[], { quick, chaos }: Options): Results {
  return {
    at: new Date().toISOString(),
    quick,
    machine: {
      cores: cpus().length,
      memoryGigabytes: Math.round(totalmem() / 2 ** 30),
      node: process.version,
    },
    goals: [...chaosFindings(chaos), ...ran.map(goalResult)],
  }
}

function goalResult({ scenario: { id, title }, seconds, outcome }: Ran): GoalResult {
  const known = { id, title, seconds }
  if ('failure' in outcome) {
    return { ...known, sizes: '', failure: outcome.failure, findings: [], curves: [] }
  }
  const { sizes, findings, curves = [] } = outcome
  return { ...known, sizes, findings: findings.map(judge), curves }
}

export function saveResults(file: string, results: Results): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
}

export function readResults(file: string): Results | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : undefined
}
