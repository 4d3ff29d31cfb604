/** The most bytes of frames that are kept for listeners who come to the same event soon. */
const mostBytes = 16 * 1024 * 1024

/**
 * The frames that listeners are at: each is read once, and all listeners are sent the same buffer, however slowly they
 * read.
 */
export class RecentFrames {
  private readonly kept = new Map<string, Promise<Buffer | null>>()
  private readonly sizes = new Map<string, number>()
  private bytes = 0

  constructor(private readonly read: (seq: string) => Promise<Buffer | null>) {}

  get(seq: string): Promise<Buffer | null> {
    const known = this.kept.get(seq)
    if (known) return known
    const reading = this.read(seq)
    this.kept.set(seq, reading)
    reading.then(
      (frame) => this.note(seq, frame?.length ?? 0),
      () => this.forget(seq),
    )
    return reading
  }

  private note(seq: string, size: number): void {
    this.sizes.set(seq, size)
    this.bytes += size
    for (const oldest of this.sizes.keys()) {
      if (this.bytes <= mostBytes) return
      this.forget(oldest)
    }
  }

  private forget(seq: string): void {
    this.bytes -= this.sizes.get(seq) ?? 0
    this.sizes.delete(seq)
    this.kept.delete(seq)
  }
}
