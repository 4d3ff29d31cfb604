import { readdirSync, readFileSync } from 'node:fs'
import { type ProcessStat, processStat } from './process-cost.ts'

export interface TreeProcess extends ProcessStat {
  readonly pid: number
  readonly command: string
}

/** A process and everything under it that runs now. */
export function processTree(root: number): TreeProcess[] {
  const all = readdirSync('/proc').flatMap((name) => readProcess(Number(name)) ?? [])
  const children = Map.groupBy(all, ({ parent }) => parent)
  const under = (pid: number): TreeProcess[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...under(child.pid)])
  return [...all.filter(({ pid }) => pid === root), ...under(root)]
}

/** Undefined for what is no process, or has ended meanwhile. */
function readProcess(pid: number): TreeProcess | undefined {
  if (!Number.isInteger(pid)) return undefined
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { pid, command, ...processStat(pid) }
  } catch {
    return undefined
  }
}
