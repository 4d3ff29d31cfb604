import type { ServerResponse } from 'node:http'

/** A listener that reads nothing for this long is gone, or will never keep up. */
const patienceMs = 30_000
/** The most bytes that may wait in this process for all slow listeners together. */
const mostWaiting = 64 * 1024 * 1024

/** The listeners that are waited for, with the bytes that wait for each; the longest wait comes first. */
const waiting = new Map<SteadyWriter, number>()

/** Writes as fast as a listener reads: nothing is added before what was written has left. */
export class SteadyWriter {
  constructor(
    private readonly raw: ServerResponse,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves when more may be written; cuts off a listener that does not read. */
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

  /** False when the listener stopped reading, or the stream has to end before it drained. */
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

/** Cuts off the listeners that have been waited for longest, until at most `mostWaiting` bytes wait. */
function makeRoom(): void {
  let bytes = [...waiting.values()].reduce((sum, size) => sum + size, 0)
  for (const [writer, size] of waiting) {
    if (bytes <= mostWaiting) return
    bytes -= size
    waiting.delete(writer)
    writer.cut()
  }
}
