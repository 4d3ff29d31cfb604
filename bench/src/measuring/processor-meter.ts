import { programTimes } from './program-time.ts'

/** Processor seconds per unit of work, one value per round. */
export interface ProcessorCost {
  /** What a unit is: a post, a request … */
  readonly per: string
  readonly services: readonly number[]
  readonly postgres: readonly number[]
}

/** Measures the processor time that work costs in the services and in PostgreSQL. */
export class ProcessorMeter {
  readonly #per: string
  readonly #rounds: { services: number; postgres: number }[] = []

  constructor(per: string) {
    this.#per = per
  }

  /** Does the work. `units` is a function where only the answer tells how many units were done. */
  async during<T>(units: number | ((answer: T) => number), work: () => Promise<T>): Promise<T> {
    const before = spent()
    const answer = await work()
    const after = spent()
    const count = typeof units === 'number' ? units : units(answer)
    this.#rounds.push({
      services: (after.services - before.services) / count,
      postgres: (after.postgres - before.postgres) / count,
    })
    return answer
  }

  /** The last `rounds` rounds: those before them warmed up. */
  last(rounds: number): ProcessorCost {
    const counted = this.#rounds.slice(-rounds)
    return {
      per: this.#per,
      services: counted.map(({ services }) => services),
      postgres: counted.map(({ postgres }) => postgres),
    }
  }
}

function spent() {
  const programs = programTimes(process.pid)
  const sum = (isIn: (program: string) => boolean) =>
    programs.reduce((total, { program, seconds }) => total + (isIn(program) ? seconds : 0), 0)
  return {
    services: sum((program) => program !== 'postgres'),
    postgres: sum((program) => program === 'postgres'),
  }
}
