import { parseArgs } from 'node:util'

export interface ChaosOptions {
  readonly publications: number
  readonly minutes: number
  readonly seed: number
  readonly publishers: number
  /** Where to write the result as JSON, too. */
  readonly json?: string | undefined
  /** Keeps data and logs also when all went well. */
  readonly keep?: boolean | undefined
}

export const usage =
  'usage: npm run chaos -- [--publications 5000] [--minutes 3] [--seed 7] [--publishers 3] [--json file] [--keep]'

const bounds = {
  publications: { normal: 5000, least: 60, most: 200_000, isWhole: true },
  minutes: { normal: 3, least: 0.3, most: 120, isWhole: false },
  seed: { normal: 7, least: 0, most: 2 ** 31, isWhole: true },
  publishers: { normal: 3, least: 1, most: 16, isWhole: true },
} as const

/** The command line, or what is wrong with it. */
export function readOptions(args: readonly string[]): ChaosOptions | { problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        publications: { type: 'string' },
        minutes: { type: 'string' },
        seed: { type: 'string' },
        publishers: { type: 'string' },
        json: { type: 'string' },
        keep: { type: 'boolean' },
      },
    })
    const number = (name: keyof typeof bounds) => boundedNumber(name, values[name])
    return {
      publications: number('publications'),
      minutes: number('minutes'),
      seed: number('seed'),
      publishers: number('publishers'),
      json: values.json,
      keep: values.keep,
    }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function boundedNumber(name: keyof typeof bounds, text: string | undefined): number {
  const { normal, least, most, isWhole } = bounds[name]
  if (text === undefined) return normal
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return value
  throw new Error(
    `--${name} takes a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not ${text}.`,
  )
}
