import type { ProblemCode, Reason } from '@hamava/contracts'
import type { NetworkError } from '@hamava/networks'
import { AppError } from '@hamava/service-kit'

/** What a network said to a person who asked for something, in both languages. */
export function refusedByNetwork(
  kind: NetworkError['kind'],
  reason: Reason,
  cause?: unknown,
): AppError {
  const { message, fix } = reason
  const words = { detailEn: message.en, detailFa: message.fa, fixEn: fix.en, fixFa: fix.fa }
  return new AppError(problemOf(kind, reason), words, { cause })
}

const lasting = new Set(['certificate_refused', 'https_needed'])

function problemOf(kind: NetworkError['kind'], { code }: Reason): ProblemCode {
  // Trying again does not help against a bad certificate or address either: the reason says what to do.
  const isPlain = kind === 'rejected' || kind === 'reconnect' || lasting.has(code)
  if (isPlain) return 'connect_refused'
  return code === 'address_refused' ? 'network_address_refused' : 'network_unreachable'
}
