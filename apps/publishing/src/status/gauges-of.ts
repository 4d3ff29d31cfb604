import type { Gauge } from '@hamava/bus'
import type { PublishingStatus } from '@hamava/contracts'

/** The metrics of publishing. */
export function gaugesOf(status: PublishingStatus): Gauge[] {
  const { lateness } = status
  return [
    ['overdue', 'Publications that are due and still planned', status.overdue],
    ['overdue_oldest_seconds', 'Age of the oldest of them', status.oldestOverdueSeconds],
    ['sending', 'Publications being sent, or in doubt', status.sending],
    ['sending_oldest_seconds', 'Age of the oldest of them', status.oldestSendingSeconds],
    ['pending', 'Publications that their network is processing', status.pending],
    ['pending_oldest_seconds', 'Age of the oldest of them', status.oldestPendingSeconds],
    ['needs_attention', 'Publications that wait for a person', status.needsAttention],
    ['published_24h', 'Publications of the last day that went out', status.published],
    ['on_time_ratio_24h', 'Share of them that left within a second', lateness.onTimeRate],
    ['lateness_p50_ms_24h', 'Median lateness', lateness.p50],
    ['lateness_p99_ms_24h', '99th percentile of lateness', lateness.p99],
    ['lateness_max_ms_24h', 'Largest lateness', lateness.max],
    ['replicas', 'Publishing processes that are alive', status.replicas.length],
  ]
}
