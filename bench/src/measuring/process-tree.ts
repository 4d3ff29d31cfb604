import { readdirSync, readFileSync } from 'node:fs'
import { type ProcessStat, processStat } from './process-cost.ts'

export interface TreeProcess extends ProcessStat {
  readonly pid: number
  readonly command: string
}

/** A process and everything under it that runs now. */
export function processTree(root: number): TreeProcess[] {
  const all = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) ? statOf(Number(name)) : [],
  )
  const children = Map.groupBy(all, ({ parent }) => parent)
  const under = (pid: number): typeof all =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...under(child.pid)])
  return [...all.filter(({ pid }) => pid === root), ...under(root)].flatMap(withCommand)
}

// A process may end between two looks: then it is not in the tree.

function statOf(pid: number): (ProcessStat & { pid: number })[] {
  try {
    return [{ pid, ...processStat(pid) }]
  } catch {
    return []
  }
}

function withCommand(one: ProcessStat & { pid: number }): TreeProcess[] {
  try {
    const command = readFileSync(`/proc/${one.pid}/cmdline`, 'utf8')
    return [{ ...one, command: command.replaceAll('\0', ' ').trim() }]
  } catch {
    return []
  }
}
