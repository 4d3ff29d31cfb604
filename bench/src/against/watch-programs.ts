import { programTimes } from '../measuring/program-time.ts'
import type { ProgramSeconds } from './outside-cost.ts'

/** A program that ends is missed by at most so much of its life. */
const everyMs = 500

/** Looks from outside at what the programs under a process take of the processor, until it is asked. */
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
