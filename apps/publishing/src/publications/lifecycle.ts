import type { PublicationState } from '@hamava/contracts'
import type { PublicationRow } from './publication.entity.ts'

/** The states that may follow each state; any other change is a bug. */
const transitions: Record<PublicationState, readonly PublicationState[]> = {
  planned: ['planned', 'sending', 'held', 'missed', 'unconfirmed', 'failed', 'cancelled'],
  sending: ['planned', 'sending', 'pending', 'published', 'unconfirmed', 'failed', 'held'],
  pending: ['planned', 'pending', 'sending', 'held', 'missed', 'unconfirmed', 'cancelled'],
  held: ['planned', 'held', 'missed', 'published', 'failed', 'cancelled'],
  missed: ['planned', 'missed', 'held', 'published', 'failed', 'cancelled'],
  failed: ['planned', 'held', 'published', 'failed', 'cancelled'],
  unconfirmed: ['planned', 'published', 'unconfirmed', 'failed', 'cancelled'],
  cancelled: [],
  published: [],
}

/** Throws when a change of state is not one of the lifecycle. */
export function assertTransition(from: PublicationState, to: PublicationState): void {
  if (!transitions[from].includes(to)) {
    throw new Error(`a publication cannot go from ${from} to ${to}`)
  }
}

type Progress = Pick<PublicationRow, 'state' | 'pendingState'>

/** The network is processing media that stay invisible until a further request of ours. */
export const isPreparing = ({ state, pendingState }: Progress) =>
  state === 'pending' && pendingState?.stage === 'preparing'

/** Whether a publication may still be edited, moved or cancelled: the fence has not let it through. */
export const isChangeable = (row: Progress) =>
  ['planned', 'held', 'missed', 'failed'].includes(row.state) || isPreparing(row)
