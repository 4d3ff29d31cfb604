import type { Lateness, Verdict } from './verdict.ts'

const classNames = {
  key: 'honours keys',
  late: 'keeps keys late',
  readable: 'read back only',
  none: 'neither',
  all: 'all',
} as const

/** The result, for people. */
export function tableOf({ rows, burst, faults, failures, examples }: Verdict): string {
  const classes = [
    [
      'class',
      'scheduled',
      'published',
      'duplicates',
      'lost',
      'false',
      'unconfirmed',
      'unsettled',
      'late p50',
      'p99',
      'max',
    ],
    ...rows.map((row) => [
      classNames[row.name],
      ...[row.scheduled, row.published, row.duplicates, row.lost, row.falsePublished],
      ...[row.unconfirmed, row.unsettled, ...late(row.lateness)],
    ]),
  ]
  const all = rows.find(({ name }) => name === 'all')
  const touched = [
    ['lateness in ms', 'count', 'p50', 'p99', 'max'],
    ...(all ? [['untouched by faults', ...counted(all.untouched)]] : []),
    ['due in the burst', ...counted(burst.all)],
    ['… untouched', ...counted(burst.untouched)],
  ]
  const kinds = [
    ['fault', 'times', 'minimum'],
    ...faults.map(({ kind, fired, minimum }) => [kind, fired, minimum]),
  ]
  return [
    aligned(classes),
    aligned(touched),
    'Touched by a fault is what was due while it lasted, in the second before, or until leases and recovery are',
    'over after it; of what was due before a publisher died, only what it held; of faults of the network, what met',
    'them or was told to wait. NATS and the other services excuse nothing.',
    '',
    aligned(kinds),
    failures.length === 0
      ? 'PASSED: nothing twice, nothing lost, nothing claimed that is not so.'
      : `FAILED:\n${failures.map((failure) => `  ${failure}`).join('\n')}`,
    ...Object.entries(examples).map(([what, ids]) => `  ${what}: ${ids.join(', ')}`),
  ].join('\n')
}

const late = ({ p50, p99, max }: Lateness) => [p50, p99, max]
const counted = (lateness: Lateness) => [lateness.count, ...late(lateness)]

function aligned(lines: readonly (readonly (string | number)[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => String(line[column] ?? '').length)),
  )
  return `${lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0
            ? String(cell).padEnd(widths[column] ?? 0)
            : String(cell).padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')}\n`
}
