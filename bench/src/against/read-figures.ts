import { median } from '../measuring/statistics.ts'
import type { Judged } from '../report/judge.ts'

/** One measure of one run, as an absolute figure that can be compared with another commit's. */
export interface Figure {
  /** In the bench's own words: two commits are compared where these are the same. */
  readonly measure: string
  /** The measure without what it is divided by. */
  readonly label: string
  readonly unit: string
  readonly value: number
  readonly isMoreBetter: boolean
  /** Undefined where that commit's bench does not report it. */
  readonly cost?: Cost
}

/** Processor seconds of a unit of work. */
export interface Cost {
  readonly per: string
  readonly services: number
  readonly postgres: number
}

/** Units of which less is better. */
const costs = ['ms', 's', 'MB', 'statements']

/** The figures in the JSON of a bench, of this commit or of an older one. */
export function readFigures(findings: readonly Judged[]): Figure[] {
  const figures = findings.flatMap(({ measure, atLeast, atMost, processor, ...finding }) => {
    const own = ownFigure(finding)
    if (!own) return []
    const isMoreBetter =
      atLeast !== undefined || (atMost === undefined && !costs.includes(own.unit))
    const cost = processor && {
      per: processor.per,
      services: median(processor.services),
      postgres: median(processor.postgres),
    }
    const label = measure.split(/,? ÷ /)[0] ?? measure
    return [{ measure, label, ...own, isMoreBetter, ...(cost && { cost }) }]
  })
  // A figure of ours that is divided by several peers is compared only once.
  const different = figures.filter(
    ({ label, value }, at) =>
      figures.findIndex((other) => other.label === label && other.value === value) === at,
  )
  const isShared = (label: string) => different.filter((one) => one.label === label).length > 1
  return different.map((figure) =>
    isShared(figure.label) ? { ...figure, label: figure.measure } : figure,
  )
}

function ownFigure({ unit, own, median: value, scale }: Omit<Judged, 'measure'>) {
  if (own) return { unit: own.unit, value: median(own.rounds) }
  // Slopes are close to zero: they cannot be divided.
  if (unit === 'slope') return undefined
  return (unit === '×' && fromScale(scale)) || { unit, value }
}

/** A bench without `own` has the figure only in words: `566 ÷ 2 × 291 posts/s`. */
function fromScale(scale = '') {
  const [, value, unit] = /^([\d.]+) ÷ .*\d (\S.*)$/.exec(scale) ?? []
  return value && unit ? { unit, value: Number(value) } : undefined
}
