import fc from 'fast-check'

/** The source of everything random in a run; the same seed draws the same. */
export interface Draw {
  /** A whole number, both ends included; each as likely. */
  readonly whole: (least: number, most: number) => number
  readonly chance: (of: number) => boolean
  readonly oneOf: <T>(list: readonly T[]) => T
  /** Any value of fast-check's. */
  readonly any: <T>(arbitrary: fc.Arbitrary<T>) => T
}

/** The draw for one request number of a run. */
export function drawOf(seed: number, number: number): Draw {
  const mixed = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) | 0
  const [generate] = fc.sample(fc.gen(), { seed: mixed, numRuns: 1 })
  if (!generate) throw new Error('fast-check generated nothing')
  const any = <T>(arbitrary: fc.Arbitrary<T>): T => generate(() => arbitrary)
  const whole = (min: number, max: number) => any(fc.noBias(fc.integer({ min, max })))
  return {
    any,
    whole,
    chance: (of) => whole(0, 9_999) < of * 10_000,
    oneOf: (list) => {
      const index = whole(0, Math.max(0, list.length - 1))
      if (list.length === 0) throw new Error('nothing to choose from')
      return list[index] as (typeof list)[number]
    },
  }
}
