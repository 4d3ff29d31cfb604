/** A duty that comes again and again, a rest after it was done, until it is stopped; it never runs beside itself. */
export class Recurring {
  private timer: NodeJS.Timeout | null = null
  private working: Promise<void> = Promise.resolve()
  isStopped = false

  constructor(
    private readonly restMs: number,
    private readonly work: () => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** The first time comes after so many milliseconds. */
  start(afterMs = this.restMs): void {
    if (this.isStopped) return
    this.timer = setTimeout(() => {
      this.working = this.work()
        .catch(this.onFailure)
        .finally(() => this.start())
    }, afterMs)
    this.timer.unref()
  }

  /** No new round begins; waits for the one under way. */
  async stop(): Promise<void> {
    this.isStopped = true
    if (this.timer) clearTimeout(this.timer)
    await this.working
  }
}
