import { atTime, type Quota } from './quota.ts'

/** A quota that several workspaces share, with what each has used of it in this window. */
export interface SharedQuota extends Quota {
  used: Record<string, number>
}

/** How many requests a workspace wants to send at once, and how many more before the window ends. */
export interface Want {
  now: number
  later: number
}

/**
 * Shares out what is left of a quota, in requests. Each workspace with something to send is guaranteed an equal share
 * of the window, as far as it needs it; unneeded shares go to the others.
 */
export function shareOut(
  stale: SharedQuota,
  wants: Map<string, Want>,
  now: number,
): Map<string, number> {
  const quota = fresh(stale, now)
  let left = Math.floor(quota.left / quota.cost)
  const sharers = new Set([...wants.keys(), ...Object.keys(quota.used)])
  const part = Math.floor(quota.limit / quota.cost / Math.max(1, sharers.size))
  const granted = new Map<string, number>()
  const reserved = new Map<string, number>()
  for (const [workspace, want] of wants) {
    const due = Math.max(0, part - (quota.used[workspace] ?? 0))
    const sure = Math.min(want.now, due, left)
    granted.set(workspace, sure)
    left -= sure
    reserved.set(workspace, Math.min(want.later, due - sure))
  }
  let free = left - [...reserved.values()].reduce((sum, count) => sum + count, 0)
  for (const [workspace, want] of wants) {
    const had = granted.get(workspace) ?? 0
    const more = Math.max(0, Math.min(want.now - had, free))
    granted.set(workspace, had + more)
    free -= more
  }
  return granted
}

/** The quota after these requests of each workspace. */
export function spend(stale: SharedQuota, spent: Map<string, number>, now: number): SharedQuota {
  const quota = fresh(stale, now)
  const used = { ...quota.used }
  let left = quota.left
  for (const [workspace, count] of spent) {
    used[workspace] = (used[workspace] ?? 0) + count
    left -= count * quota.cost
  }
  return {
    ...quota,
    used,
    left: Math.max(0, left),
    resetsAt: quota.resetsAt ?? now + quota.windowMs,
  }
}

function fresh(stale: SharedQuota, now: number): SharedQuota {
  const quota = atTime(stale, now)
  return quota === stale ? quota : { ...quota, used: {} }
}
