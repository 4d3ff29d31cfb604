import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

/** What `/proc/<pid>/stat` tells of a process. */
export interface ProcessStat {
  readonly parent: number
  /** User and system time of all its threads. */
  readonly seconds: number
  /** User and system time of its children that have ended. */
  readonly endedChildrenSeconds: number
}

export function processStat(pid: number): ProcessStat {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name before them may hold spaces: fields are counted from behind its bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const seconds = (...at: number[]) =>
    at.reduce((sum, field) => sum + Number(fields[field]), 0) / ticksPerSecond
  return {
    parent: Number(fields[1]),
    seconds: seconds(11, 12),
    endedChildrenSeconds: seconds(13, 14),
  }
}

/** User and system time of a process with all its threads; PostgreSQL's and NATS's are not in it. */
export const cpuSeconds = (pid: number): number => processStat(pid).seconds

/** Resident memory in MB, as it is or as it was at its highest. */
export function residentMegabytes(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
}
