import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawOf } from '../drawing/draw.ts'
import type { Fault } from '../faults/fault.ts'

/** Draws `count` faults by the seed; of two that change the same words, or of which one hides the other, only one. */
export function drawFaults(faults: readonly Fault[], seed: number, count: number): Fault[] {
  const draw = drawOf(seed, 0)
  const left = [...faults]
  const drawn: Fault[] = []
  while (drawn.length < count && left.length > 0) {
    const [next] = left.splice(draw.whole(0, left.length - 1), 1)
    if (next && !drawn.some((other) => exclude(next, other))) drawn.push(next)
  }
  return drawn
}

function exclude(one: Fault, other: Fault): boolean {
  const isHidden = (a: Fault, b: Fault) => a.hides !== undefined && b.id.startsWith(a.hides)
  if (isHidden(one, other) || isHidden(other, one)) return true
  const isSameFile = one.file === other.file
  return isSameFile && (one.find.includes(other.find) || other.find.includes(one.find))
}

/** Changes the source in `folder`, which must be nobody's working tree. */
export function plantFaults(folder: string, faults: readonly Fault[]): void {
  for (const { id, file, find, replace } of faults) {
    const path = join(folder, file)
    const source = readFileSync(path, 'utf8')
    if (source.split(find).length !== 2) throw new Error(`${id} does not stand once in ${file}`)
    writeFileSync(
      path,
      source.replace(find, () => replace),
    )
  }
}
