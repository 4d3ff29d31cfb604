import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { linePlot } from './line-plot.ts'
import type { Results } from './results.ts'

const folder = fileURLToPath(new URL('../../curves/', import.meta.url))

/** Each growth curve as numbers and as a picture, kept in the repository. */
export function writeCurves({ goals }: Results): void {
  mkdirSync(folder, { recursive: true })
  for (const curve of goals.flatMap((goal) => goal.curves)) {
    const lines = [[curve.x, curve.y], ...curve.points].map((row) => row.join(','))
    writeFileSync(`${folder}${curve.name}.csv`, `${lines.join('\n')}\n`)
    writeFileSync(`${folder}${curve.name}.svg`, linePlot(curve))
  }
}
