const listeners = new Set<() => void>()
let next: ReturnType<typeof setTimeout> | undefined

function wait(): void {
  next = setTimeout(
    () => {
      wait()
      for (const listener of listeners) listener()
    },
    60_000 - (Date.now() % 60_000),
  )
}

/** Calls listeners at the beginning of every minute; one timer serves all of them. */
export function onEachMinute(listener: () => void): () => void {
  if (listeners.size === 0) wait()
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearTimeout(next)
  }
}
