import type { ServerResponse } from 'node:http'

/** A listener that reads nothing for so long is not there any more, or will never keep up. */
const patienceMs = 30_000
/** What may wait in this process, in bytes, for all listeners that do not read just now. */
const mostWaiting = 64 * 1024 * 1024

/** The listeners that are waited for, with what waits for them; whoever has kept us waiting longest comes first. */
const waiting = new Map<SteadyWriter, number>()

/** Writes as fast as a listener reads: nothing is added before what was written has left. */
export class SteadyWriter {
  constructor(
    private readonly raw: ServerResponse,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when there may be more; cuts off a listener that does not read. */
  async write(chunk: string | Buffer): Promise<void> {
    if (this.signal.aborted || this.raw.destroyed || this.raw.write(chunk)) return
    waiting.set(this, this.raw.writableLength)
    makeRoom()
    if (!(await this.drained())) this.cut()
    waiting.delete(this)
  }

  /** Ends with a last word, if all that was written before has left; else at once. */
  end(chunk: string): void {
    if (this.raw.destroyed) return
    if (this.raw.writableNeedDrain) this.cut()
    else this.raw.end(chunk)
  }

  cut(): void {
    this.raw.destroy()
  }

  /** False when it has taken too long, or has to end before. */
  private drained(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isDrained: boolean) => () => {
        clearTimeout(timer)
        this.raw.off('drain', drain)
        this.raw.off('close', stop)
        this.signal.removeEventListener('abort', stop)
        resolve(isDrained)
      }
      const drain = settle(true)
      const stop = settle(false)
      // Slow is not gone: as long as something leaves, we wait.
      let left = this.raw.socket?.bytesWritten ?? 0
      const look = () => {
        const now = this.raw.socket?.bytesWritten ?? 0
        if (now === left) return stop()
        left = now
        timer = setTimeout(look, patienceMs)
      }
      let timer = setTimeout(look, patienceMs)
      this.raw.once('drain', drain)
      this.raw.once('close', stop)
      this.signal.addEventListener('abort', stop, { once: true })
    })
  }
}

/** Cuts off those who have kept us waiting longest, until the rest is little enough. */
function makeRoom(): void {
  let bytes = [...waiting.values()].reduce((sum, size) => sum + size, 0)
  for (const [writer, size] of waiting) {
    if (bytes <= mostWaiting) return
    bytes -= size
    waiting.delete(writer)
    writer.cut()
  }
}
