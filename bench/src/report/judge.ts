import { median, quantile } from '../measuring/statistics.ts'
import type { Finding } from '../scenario.ts'

export interface Judged extends Finding {
  readonly median: number
  /** The quartile of the rounds nearest to the goal's limit: the goal must hold there too. */
  readonly bound: number
  /** Undefined where there is no goal. */
  readonly holds?: boolean
}

export function judge(finding: Finding): Judged {
  const { rounds, atLeast, atMost } = finding
  const bound = quantile(rounds, atMost === undefined ? 0.25 : 0.75)
  const holds =
    atLeast !== undefined ? bound >= atLeast : atMost !== undefined ? bound <= atMost : undefined
  return { ...finding, median: median(rounds), bound, ...(holds === undefined ? {} : { holds }) }
}

/** Three significant digits. */
export const shown = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : `${Number(value.toPrecision(3))}`

export const goalOf = ({ atLeast, atMost, unit }: Finding): string => {
  if (atLeast !== undefined) return `≥ ${shown(atLeast)} ${unit}`
  return atMost === undefined ? '–' : `≤ ${shown(atMost)} ${unit}`
}
