import type { Service } from '../../../infra/nats/permissions.ts'

/** The services in the order in which they migrate and start; the gateway comes last, as clients enter by it. */
export const databaseOwners: readonly Service[] = [
  'content',
  'scheduling',
  'publishing',
  'listening',
  'analytics',
  'gateway',
]
