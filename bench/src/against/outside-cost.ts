import type { Cost, Figure } from './read-figures.ts'

/** Processor seconds of a whole run of the bench, by program. */
export type ProgramSeconds = Readonly<Record<string, number>>

/** Goals that wait, or measure no work. */
const withoutWork = ['G13', 'G14']
const withoutTime = ['MB', 'statements', '×']

/**
 * The processor cost of a measure where the bench itself does not report it: all that its programs took in the run,
 * with seeding and warming up. Only meaningful divided by the same cost of another run.
 */
export function outsideCost(
  goal: string,
  { measure, unit, value }: Figure,
  programs: ProgramSeconds,
): Cost | undefined {
  if (withoutWork.includes(goal) || withoutTime.includes(unit)) return undefined
  const sum = (isIn: (program: string) => boolean) =>
    Object.entries(programs).reduce((all, [name, s]) => all + (isIn(name) ? s : 0), 0)
  const { postgres = 0 } = programs
  if (goal !== 'G8') {
    return { per: 'run', services: sum((name) => name !== 'postgres'), postgres }
  }
  if (measure.startsWith('a request to another service')) {
    return { per: 'run', services: sum((name) => name.startsWith('request-')), postgres: 0 }
  }
  // The run sends as many requests as it can in a given time, so its total cost is divided by their rate.
  return {
    per: 'request',
    services: (programs.gateway ?? 0) / value,
    postgres: measure.startsWith('a greeting') ? 0 : postgres / value,
  }
}
