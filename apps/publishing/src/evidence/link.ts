import type { Attempt } from '@hamava/contracts'
import { canonicalHash } from '@hamava/service-kit'

/** Where the chain of a publication begins. */
export const genesisOf = (publicationId: string) => canonicalHash({ publicationId })

/** The hash that binds an attempt, as it ended, to all that ended before it. */
export const linkOf = (previous: string, { hash: _, ...attempt }: Attempt) =>
  canonicalHash({ previous, attempt })

/** The hash of the last link of a chain, computed again from its attempts in their order. */
export const headOf = (publicationId: string, attempts: Attempt[]) =>
  attempts.reduce(linkOf, genesisOf(publicationId))
