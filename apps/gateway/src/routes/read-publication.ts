import {
  getPromisedPublication,
  getPublication,
  type Publication,
  type PublicationDetail,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import type { Caller } from '../http/caller.ts'
import type { Forward } from '../http/forward.ts'

/**
 * A publication with its evidence. A publication that content has just promised reaches publishing's ledger some
 * milliseconds later: until then it is answered as content knows it.
 */
export async function readPublication(
  forward: Forward,
  caller: Caller,
  id: string,
): Promise<PublicationDetail> {
  try {
    return await forward.to(getPublication, caller, { id })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error
    return withoutAttempts(await forward.to(getPromisedPublication, caller, { id }))
  }
}

function withoutAttempts(promised: Publication): PublicationDetail {
  const entry = (at: string, what: 'planned' | 'due') => ({
    at,
    what,
    attemptId: null,
    outcome: null,
  })
  const timeline = [entry(promised.createdAt, 'planned'), entry(promised.dueAt, 'due')]
  return { ...promised, attempts: [], timeline }
}
