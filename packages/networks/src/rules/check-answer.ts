import type { Bilingual, ChannelLimits } from '@hamava/contracts'
import { checkText } from './check-text.ts'
import { networkRules } from './manifests.ts'
import { withLimits } from './with-limits.ts'

/** Why a channel does not take an answer as sent (with what `composed` adds); null when the channel takes it. */
export function checkAnswer(
  sent: string,
  network: string,
  limits: ChannelLimits,
): Bilingual | null {
  const rules = networkRules(network)
  if (!rules) return null
  const message = {
    text: { value: sent, pointer: '/text' },
    assets: { value: [], pointer: '/assets' },
    isFirst: false,
  }
  for (const remark of checkText(message, withLimits(rules.manifest, limits), {}))
    if (remark.level === 'blocks') return remark.message
  return null
}
