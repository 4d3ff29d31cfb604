export interface Options {
  /** Only these; all when empty. */
  readonly goals: readonly string[]
  readonly quick: boolean
  readonly write: boolean
  /** Where the services' processor time goes; their rates then mean nothing. */
  readonly profile: boolean
  readonly json?: string
  /** The reports of `npm run chaos`, separated by commas, for G1. */
  readonly chaos?: string
}

/** The command line of `npm run bench`. */
export function readOptions(args: readonly string[]): Options | { problem: string } {
  const words = args.flatMap((arg) =>
    arg.startsWith('--') ? arg.split(/=(.*)/s).filter(Boolean) : arg,
  )
  const goals: string[] = []
  const given: { quick?: true; write?: true; profile?: true; json?: string; chaos?: string } = {}
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (/^g\d+$/i.test(word)) goals.push(word.toUpperCase())
    else if (word === '--quick') given.quick = true
    else if (word === '--write') given.write = true
    else if (word === '--profile') given.profile = true
    else if ((word === '--json' || word === '--chaos') && words.length > 0)
      given[word === '--json' ? 'json' : 'chaos'] = words.shift() ?? ''
    else return { problem: `${word} is no option of npm run bench.` }
  }
  return { quick: false, write: false, profile: false, ...given, goals }
}
