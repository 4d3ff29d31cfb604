import { cpuSeconds } from '../measuring/process-cost.ts'
import type { Side } from '../sides/side.ts'

/** What a queue took for jobs that were all due at one instant. */
export interface QueueRun {
  readonly perSecond: number
  readonly perCpuSecond: number
}

/** Adds the jobs, and measures from the moment they are due until the queue knows the last one as done. */
export async function runJobs(queue: Side, count: number, dueAt: number): Promise<QueueRun> {
  await queue.ask({ add: { count, dueAt } })
  const cpu = cpuSeconds(queue.pid)
  const { beganAt = dueAt, doneAt } = await queue.ask<{ beganAt?: number; doneAt: number }>({
    drained: { count },
  })
  return {
    // A queue that polls for delayed jobs is not charged for the wait until its next poll.
    perSecond: count / ((doneAt - beganAt) / 1000),
    perCpuSecond: count / (cpuSeconds(queue.pid) - cpu),
  }
}
