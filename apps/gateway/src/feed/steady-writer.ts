import type { ServerResponse } from 'node:http'

/** A listener that reads nothing for so long is not there any more, or will never keep up. */
const patienceMs = 30_000
/** What may wait in this process, in bytes, for all listeners that do not read just now. */
const mostWaiting = 64 * 1024 * 1024
let waiting = 0

/** Writes as fast as a listener reads: nothing is added before what was written has left. */
export class SteadyWriter {
  private isWaiting = false

  constructor(
    private readonly raw: ServerResponse,
    private readonly signal: AbortSignal,
    private readonly withinMs = patienceMs,
  ) {}

  /** Resolves when there may be more; cuts off a listener that does not read. */
  async write(chunk: string | Buffer): Promise<void> {
    if (this.signal.aborted || this.raw.destroyed || this.raw.write(chunk)) return
    const size = this.raw.writableLength
    if (waiting + size > mostWaiting) {
      this.raw.destroy()
      return
    }
    waiting += size
    this.isWaiting = true
    this.isWaiting = !(await this.drained())
    waiting -= size
    if (this.isWaiting) this.raw.destroy()
  }

  /** Ends with a last word, if the listener is reading; else at once. */
  end(chunk: string): void {
    if (this.isWaiting) this.raw.destroy()
    else if (!this.raw.destroyed) this.raw.end(chunk)
  }

  /** False when it has taken too long, or has to end before. */
  private drained(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isDrained: boolean) => () => {
        clearTimeout(timer)
        this.raw.off('drain', drain)
        this.signal.removeEventListener('abort', stop)
        resolve(isDrained)
      }
      const drain = settle(true)
      const stop = settle(false)
      const timer = setTimeout(stop, this.withinMs)
      this.raw.once('drain', drain)
      this.signal.addEventListener('abort', stop, { once: true })
    })
  }
}
