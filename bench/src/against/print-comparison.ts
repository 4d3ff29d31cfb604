import { shown } from '../report/judge.ts'
import type { Comparison, ProcessorComparison, Spread } from './compare.ts'

/** The lines for the terminal: the comparison, and on a noisy day what to read instead. */
export function printComparison(comparison: Comparison, commit: string): string[] {
  const { label, unit, newOld, oldOld, isNoisy, processor } = comparison
  const values = `${shown(comparison.new)} against ${shown(comparison.old)} ${unit}`
  const first = `  ${label}: ${spread(newOld)}; old ÷ old ${spread(oldOld)}; ${values}`
  if (!isNoisy) return [first]
  const instead = processor
    ? printProcessor(processor, commit)
    : `no processor time is known to compare instead`
  return [first, `    old ÷ old leaves 0.95–1.05: ${instead}`]
}

function printProcessor(processor: ProcessorComparison, commit: string): string {
  const { isReported, newOld, oldOld } = processor
  const quotients = `${spread(newOld)}; old ÷ old ${spread(oldOld)}`
  if (!isReported) {
    return `processor time of the whole run ${quotients} (per unit of work not reported by ${commit})`
  }
  const ms = ({ services, postgres }: ProcessorComparison['new']) =>
    [services, postgres].map((seconds) => shown(seconds * 1000)).join(' + ')
  const values = `${ms(processor.new)} against ${ms(processor.old)} ms`
  return `processor time per ${processor.new.per} ${quotients}; services + PostgreSQL ${values}`
}

function spread({ median, quartiles: [low, high] }: Spread): string {
  if (Number.isNaN(median)) return 'no quotient, as values are not above 0,'
  return `${median.toFixed(2)} × (${low.toFixed(2)}–${high.toFixed(2)})`
}
