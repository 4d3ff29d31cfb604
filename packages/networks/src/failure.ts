import type { Bilingual } from '@hamava/contracts'
import { type Failure, NetworkError } from './connector.ts'
import { reasons } from './reasons.ts'

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

/** Runs what connects: refused access here means wrong input, not lost access. */
export async function connecting<T>(name: Bilingual, run: () => Promise<T>): Promise<T> {
  try {
    return await reading(run)
  } catch (error) {
    if (!(error instanceof NetworkError) || error.reason.code !== 'token_revoked') throw error
    const reason = reasons.accessNotTaken(name, error.reason.detail)
    throw new NetworkError('rejected', reason, null, { cause: error })
  }
}

function networkError({ failure, cause }: Failed): NetworkError {
  const { kind, reason } = failure
  const retryAt = kind === 'rate_limited' ? failure.until : null
  const said = kind === 'unknown_outcome' ? 'temporary' : kind === 'duplicate' ? 'rejected' : kind
  return new NetworkError(said, reason, retryAt, { cause })
}
