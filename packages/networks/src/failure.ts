import { type Failure, NetworkError } from './connector.ts'

export type { Failure }

/** Carries a failure up from the call that met it. */
export class Failed extends Error {
  override name = 'Failed'
  readonly failure: Failure

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.reason.message.en, options)
    this.failure = failure
  }
}

/** Runs what publishes; what it throws as a failure becomes the outcome. */
export async function outcomeOf<T>(run: () => Promise<T>): Promise<T | Failure> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failed) return error.failure
    throw error
  }
}

/** Runs what reads or connects; what it throws as a failure becomes a `NetworkError`. */
export async function reading<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Failed) throw networkError(error)
    throw error
  }
}

function networkError({ failure, cause }: Failed): NetworkError {
  const { kind, reason } = failure
  const retryAt = kind === 'rate_limited' ? failure.until : null
  const said = kind === 'unknown_outcome' ? 'temporary' : kind === 'duplicate' ? 'rejected' : kind
  return new NetworkError(said, reason, retryAt, { cause })
}
