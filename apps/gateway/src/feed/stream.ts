import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isDatabaseAway } from '@hamava/service-kit'
import { Logger } from '@nestjs/common'
import type { Caller } from '../http/caller.ts'
import type { FeedMark, FeedService } from './feed.service.ts'
import type { Start } from './find-start.ts'
import { firstFrame, heartbeat, lastFrame, resetFrame } from './frames.ts'
import { isVisible } from './is-visible.ts'
import { haveSameRights } from './same-rights.ts'
import type { SteadyWriter } from './steady-writer.ts'

const heartbeatMs = 15_000
/** Gathers a burst of events into one reading and one check of the rights. */
const gatherMs = 100
const tryAgainMs = 2_000
const logger = new Logger('feed')

/** What one listener hears, as long as they are there and may hear it. */
export class Stream {
  private seq: string
  private beatAt = Date.now()

  constructor(
    private readonly feed: FeedService,
    private readonly caller: Caller,
    private readonly wanted: ReadonlySet<string>,
    private readonly writer: SteadyWriter,
    private readonly signal: AbortSignal,
    private readonly start: Start,
  ) {
    this.seq = start.seq
  }

  /** Resolves when it is over. */
  async run(): Promise<void> {
    await this.writer.write(firstFrame(this.seq))
    if (this.start.isReset) await this.writer.write(resetFrame(this.seq))
    while (!this.signal.aborted && this.msLeft() > 0) {
      const count = this.feed.news.count(this.caller.call.workspaceId)
      let pauseMs = heartbeatMs
      try {
        if (!(await this.tellNews())) break
      } catch (error) {
        // While the database is away there is nothing to tell; the listener stays and hears it later.
        if (!isDatabaseAway(error)) logger.warn(`a stream goes on after ${String(error)}`)
        pauseMs = tryAgainMs
      }
      if (this.isBeatDue()) await this.beat()
      await this.wait(count, pauseMs)
    }
    this.writer.end(lastFrame)
  }

  /** Sends all new events. False when the listener no longer has the rights that they had at the beginning. */
  private async tellNews(): Promise<boolean> {
    for (;;) {
      const marks = await this.feed.after(this.caller.call.workspaceId, this.seq)
      // Checked after the reading, so that rights taken away before an event happened are already known.
      if (marks.length > 0 || this.isBeatDue()) {
        if (!(await this.isStillAllowed())) return false
      }
      for (const mark of marks) await this.tell(mark)
      if (marks.length === 0 || this.signal.aborted) return true
      await delay(gatherMs)
    }
  }

  private async tell(mark: FeedMark): Promise<void> {
    if (this.wanted.has(mark.type) && isVisible(this.caller, mark)) {
      const frame = await this.feed.frame(mark)
      if (this.signal.aborted) return
      if (frame) await this.writer.write(frame)
    }
    this.seq = mark.seq
  }

  private async isStillAllowed(): Promise<boolean> {
    try {
      return haveSameRights(this.caller, await this.caller.askAgain())
    } catch (error) {
      if (error instanceof AppError) return false
      throw error
    }
  }

  private isBeatDue(): boolean {
    return Date.now() >= this.beatAt + heartbeatMs
  }

  private async beat(): Promise<void> {
    this.beatAt = Date.now()
    await this.writer.write(heartbeat(this.seq))
  }

  /** Until there is news, the next heartbeat, or the end of the key or session. */
  private async wait(count: number, pauseMs: number): Promise<void> {
    const beatMs = this.beatAt + heartbeatMs - Date.now()
    const ms = Math.max(0, Math.min(pauseMs, beatMs, this.msLeft()))
    await this.feed.news.after(this.caller.call.workspaceId, count, ms, this.signal)
  }

  private msLeft(): number {
    return (this.caller.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()
  }
}
