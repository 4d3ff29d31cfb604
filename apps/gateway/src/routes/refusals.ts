import type { ProblemCode } from '@hamava/contracts'

/** The refusals of operations by kind, for their `refuses`. */

/** The content cannot go where it is to go. */
export const notReady: ProblemCode[] = [
  'post_not_ready',
  'no_targets',
  'post_too_large',
  'channel_forbidden',
]

/** The content cannot go at that time. */
export const notThen: ProblemCode[] = ['schedule_in_past', 'schedule_too_far']

/** The publication is on its way, or out. */
export const notAnyMore: ProblemCode[] = ['in_doubt', 'too_late']

/** Somebody else is at work on the post. */
export const notYet: ProblemCode[] = ['change_under_way']

/** A network does not give access. */
export const notConnected: ProblemCode[] = [
  'unknown_network',
  'connect_refused',
  'network_unreachable',
  'network_address_refused',
]
