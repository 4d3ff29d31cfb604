import type { PublicationState } from '@hamava/contracts'

/** Where a publication may go from each state; everything else is a fault of ours. */
const transitions: Record<PublicationState, readonly PublicationState[]> = {
  planned: ['planned', 'sending', 'held', 'missed', 'cancelled'],
  sending: ['planned', 'sending', 'pending', 'published', 'unconfirmed', 'failed', 'held'],
  pending: ['pending', 'sending'],
  held: ['planned', 'held', 'missed', 'cancelled'],
  missed: ['planned', 'cancelled'],
  failed: ['planned', 'cancelled'],
  unconfirmed: ['planned', 'published', 'failed'],
  cancelled: [],
  published: [],
}

/** Throws when a change of state is not one of the lifecycle. */
export function assertTransition(from: PublicationState, to: PublicationState): void {
  if (!transitions[from].includes(to)) {
    throw new Error(`a publication cannot go from ${from} to ${to}`)
  }
}

/** Whether a publication may still be edited, moved or cancelled: the fence has not let it through. */
export const isChangeable = (state: PublicationState) => transitions[state].includes('cancelled')
