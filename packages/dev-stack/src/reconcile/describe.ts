import type { Reconciliation } from '@hamava/contracts'

const shownAtMost = 20
const percent = (share: number | null) => (share === null ? '–' : `${(share * 100).toFixed(3)} %`)
const ms = (value: number | null) => (value === null ? '–' : `${value} ms`)

/** A reconciliation for the terminal. */
export function describe(report: Reconciliation): string {
  const { lateness } = report
  const states = Object.entries(report.states).map(([state, count]) => `${count} ${state}`)
  const lines = [
    `Ledger and networks, ${report.from} to ${report.to}${report.isComplete ? '' : ' (a part of it: ask for a shorter time, or for one channel)'}`,
    `  publications       ${states.join(', ') || 'none'}`,
    `  parts looked for   ${report.checkedParts}`,
    ...section('duplicates', report.duplicates),
    ...section('lost', report.lost),
    ...section('false published', report.falsePublished),
    ...section('unrecorded', report.unrecorded),
    `  duplicate rate     ${percent(report.duplicateRate)}`,
    `  on time (≤ 1 s)    ${percent(lateness.onTimeRate)}`,
    `  lateness           p50 ${ms(lateness.p50)}, p95 ${ms(lateness.p95)}, p99 ${ms(lateness.p99)}, max ${ms(lateness.max)}`,
    ...report.unread.map(
      ({ channelId, network, reason }) =>
        `  not read           ${channelId} (${network}): ${reason}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function section(name: string, found: Reconciliation['duplicates']): string[] {
  const rows = found
    .slice(0, shownAtMost)
    .map(
      ({ publicationId, channelId, remoteId }) =>
        `    ${publicationId ?? '?'} on ${channelId}${remoteId ? ` as ${remoteId}` : ''}`,
    )
  return [`  ${name.padEnd(18)} ${found.length}`, ...rows]
}
