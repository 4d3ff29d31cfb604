import { EventEmitter } from 'node:events'

/** Tells the listeners of this process that their workspace has something new to read. */
export class News {
  private readonly emitter = new EventEmitter().setMaxListeners(0)
  private readonly counts = new Map<string, number>()

  announce(workspaceId: string): void {
    this.counts.set(workspaceId, this.count(workspaceId) + 1)
    this.emitter.emit(workspaceId)
  }

  /** How often there was news of a workspace: a reading made under a lower count may be out of date. */
  count(workspaceId: string): number {
    return this.counts.get(workspaceId) ?? 0
  }

  /** Resolves when there was more news than `count`, after `ms`, or when the listener is gone. */
  after(workspaceId: string, count: number, ms: number, signal: AbortSignal): Promise<void> {
    if (this.count(workspaceId) > count || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.emitter.off(workspaceId, done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      this.emitter.once(workspaceId, done)
      signal.addEventListener('abort', done, { once: true })
    })
  }
}
