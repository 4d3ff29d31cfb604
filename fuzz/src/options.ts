import { parseArgs } from 'node:util'

export interface Options {
  readonly seed: number
  readonly requests: number
  /** How many workspaces are worked on side by side. */
  readonly lanes: number
  /** A running system, in place of one of our own. */
  readonly url?: string | undefined
  readonly key?: string | undefined
  /** The commit to build and to ask. */
  readonly commit?: string | undefined
  /** How many faults to plant. */
  readonly break?: number | undefined
  /** Only faults whose name begins so. */
  readonly faults?: string | undefined
  readonly json?: string | undefined
  readonly keep?: boolean | undefined
}

export const usage =
  'usage: npm run fuzz -- [--seed 7] [--requests 10000] [--lanes 4] [--json FILE] [--keep]\n' +
  '                       [--url http://127.0.0.1:4000 --key KEY] [--commit REV] [--break N [--faults AREA]]'

const bounds = {
  seed: { normal: 7, least: 0, most: 2 ** 31 - 1 },
  requests: { normal: 10_000, least: 1, most: 10_000_000 },
  lanes: { normal: 4, least: 1, most: 32 },
  break: { normal: 20, least: 1, most: 500 },
} as const

/** The command line, or what is wrong with it. */
export function readOptions(args: readonly string[]): Options | { problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        requests: { type: 'string' },
        lanes: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        commit: { type: 'string' },
        break: { type: 'string' },
        faults: { type: 'string' },
        json: { type: 'string' },
        keep: { type: 'boolean' },
      },
    })
    const { url, key, commit } = values
    if ((url === undefined) !== (key === undefined)) throw new Error('--url goes with --key.')
    if (url && (commit || values.break))
      throw new Error('--url goes with neither --commit nor --break.')
    const { break: planted, ...rest } = values
    return {
      ...rest,
      seed: boundedNumber('seed', values.seed),
      requests: boundedNumber('requests', values.requests),
      lanes: url ? 1 : boundedNumber('lanes', values.lanes),
      ...(planted !== undefined && { break: boundedNumber('break', planted) }),
    }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function boundedNumber(name: keyof typeof bounds, text: string | undefined): number {
  const { normal, least, most } = bounds[name]
  if (text === undefined) return normal
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`--${name} takes a whole number from ${least} to ${most}, not ${text}.`)
}
