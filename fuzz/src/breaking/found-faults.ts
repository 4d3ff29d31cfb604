import type { Fault, Sign } from '../faults/fault.ts'
import { keyOf, type Violation } from '../report/violation.ts'

export interface Judged {
  readonly fault: Fault
  /** The violation that shows the fault; undefined when none does. */
  readonly shownBy: Violation | undefined
}

/** Which faults show in violations that the unchanged system did not have. */
export function foundFaults(
  planted: readonly Fault[],
  unbroken: readonly Violation[],
  broken: readonly Violation[],
): { judged: Judged[]; others: Violation[] } {
  const known = new Set(unbroken.map(nameOf))
  const fresh = broken.filter((one) => !known.has(nameOf(one)))
  const judged = planted.map((fault) => ({
    fault,
    shownBy: fresh.find((one) => fault.signs.some((sign) => shows(sign, one))),
  }))
  const others = fresh.filter(
    (one) => !planted.some(({ signs }) => signs.some((sign) => shows(sign, one))),
  )
  return { judged, others }
}

const nameOf = (one: Violation) => `${one.operation} ${keyOf(one)}`

const shows = ({ oracle, operations, what }: Sign, one: Violation): boolean =>
  oracle === one.oracle &&
  (!operations || operations.includes(one.operation)) &&
  (!what || what.test(one.what))
