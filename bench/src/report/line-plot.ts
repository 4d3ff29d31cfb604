import { logLogSlope } from '../measuring/statistics.ts'
import type { Curve } from '../scenario.ts'
import { shown } from './judge.ts'

const size = { width: 640, height: 360 }
const margin = { left: 80, right: 24, top: 40, bottom: 56 }

/** A small picture of one curve, both axes logarithmic: a flat line is a cost that does not grow. */
export function linePlot(curve: Curve): string {
  // Zero has no logarithm; it is drawn one decade left of the smallest other value.
  const least = Math.min(...curve.points.map(([x]) => x).filter((x) => x > 0))
  const points = curve.points.map(([x, y]): [number, number] => [x > 0 ? x : least / 10, y])
  const across = axis(
    points.map(([x]) => x),
    margin.left,
    size.width - margin.right,
  )
  const upward = axis(
    points.map(([, y]) => y),
    size.height - margin.bottom,
    margin.top,
  )
  const places = points.map(([x, y]) => `${across.place(x)},${upward.place(y)}`)
  const dots = points.map(([x, y]) => {
    const [left, top] = [across.place(x), upward.place(y)]
    return `<circle cx="${left}" cy="${top}" r="3.5"/><text x="${left}" y="${top - 9}" text-anchor="middle">${shown(y)}</text>`
  })
  const xLabels = curve.points.map(
    ([x], i) =>
      `<text x="${across.place(points[i]?.[0] ?? x)}" y="${size.height - margin.bottom + 18}" text-anchor="middle">${compact(x)}</text>`,
  )
  const decades = upward.decades.map(
    (y) =>
      `<line x1="${margin.left}" x2="${size.width - margin.right}" y1="${upward.place(y)}" y2="${upward.place(y)}" stroke="#ddd"/>` +
      `<text x="${margin.left - 8}" y="${upward.place(y) + 4}" text-anchor="end">${compact(y)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="sans-serif" font-size="12">
<title>${curve.name}: how its cost grows</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${margin.left}" y="22" font-size="14">${curve.name} (slope ${logLogSlope(curve.points).toFixed(2)})</text>
${decades.join('\n')}
<polyline points="${places.join(' ')}" fill="none" stroke="#0a6" stroke-width="2"/>
<g fill="#064">${dots.join('\n')}</g>
${xLabels.join('\n')}
<text x="${size.width / 2}" y="${size.height - 14}" text-anchor="middle">${curve.x}</text>
<text transform="translate(18 ${size.height / 2}) rotate(-90)" text-anchor="middle">${curve.y}</text>
</svg>
`
}

function axis(values: readonly number[], from: number, to: number) {
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
  const place = (value: number) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from))
  return { place, decades: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) }
}

const compact = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact' }).format(value)
