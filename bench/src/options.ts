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
  /** A commit to compare with: the goals are measured on it and on the working tree, in turns. */
  readonly against?: string
  /** How many rounds, each of which measures both sides twice; only with `against`. */
  readonly rounds?: number
}

/** The command line of `npm run bench`. */
export function readOptions(args: readonly string[]): Options | { problem: string } {
  const words = args.flatMap((arg) =>
    arg.startsWith('--') ? arg.split(/=(.*)/s).filter(Boolean) : arg,
  )
  const goals: string[] = []
  const given: {
    quick?: true
    write?: true
    profile?: true
    json?: string
    chaos?: string
    against?: string
    rounds?: number
  } = {}
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (/^g\d+$/i.test(word)) goals.push(word.toUpperCase())
    else if (word === '--quick') given.quick = true
    else if (word === '--write') given.write = true
    else if (word === '--profile') given.profile = true
    else if (word === '--json' && words.length > 0) given.json = words.shift() ?? ''
    else if (word === '--chaos' && words.length > 0) given.chaos = words.shift() ?? ''
    else if (word === '--against' && words.length > 0) given.against = words.shift() ?? ''
    else if (word === '--rounds' && Number(words[0]) >= 1)
      given.rounds = Math.floor(Number(words.shift()))
    else return { problem: `${word} is no option of npm run bench.` }
  }
  if (given.against ? given.write || given.profile || given.chaos : given.rounds) {
    return {
      problem:
        '--against goes with goals, --quick, --rounds and --json, and --rounds with nothing else.',
    }
  }
  return { quick: false, write: false, profile: false, ...given, goals }
}
