import { programTimes } from '../measuring/program-time.ts'
import type { ProgramSeconds } from './outside-cost.ts'

/** Of a program that ends, at most this much of its life is missed. */
const everyMs = 500

/** Measures from outside the processor time of the programs under a process, until the result is asked for. */
export function watchPrograms(root: number): () => ProgramSeconds {
  const latest = new Map<number, { program: string; seconds: number }>()
  const look = () => {
    for (const { pid, program, seconds } of programTimes(root)) {
      latest.set(pid, { program, seconds: Math.max(seconds, latest.get(pid)?.seconds ?? 0) })
    }
  }
  const watching = setInterval(look, everyMs)
  return () => {
    clearInterval(watching)
    const sums: Record<string, number> = {}
    for (const { program, seconds } of latest.values()) {
      sums[program] = (sums[program] ?? 0) + seconds
    }
    return sums
  }
}
