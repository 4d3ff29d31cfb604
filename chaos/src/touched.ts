/** A publication has to be live this long after it is due. */
export const onTimeMs = 1_000

/**
 * What a fault may have delayed: publications due within a span, of all channels or only one, or only those named.
 * Times are of the one clock of this machine, in milliseconds.
 */
export interface Touch {
  readonly from: number
  readonly to: number
  readonly handle?: string
  readonly publications?: ReadonlySet<string>
}

export interface Touchable {
  readonly publicationId: string
  readonly handle: string
  readonly dueAt: number
}

export function isTouched({ publicationId, handle, dueAt }: Touchable, touches: readonly Touch[]) {
  return touches.some(
    (touch) =>
      dueAt >= touch.from &&
      dueAt <= touch.to &&
      (touch.handle === undefined || touch.handle === handle) &&
      (touch.publications === undefined || touch.publications.has(publicationId)),
  )
}

/**
 * A fault under everything: publications due a moment before had no chance either, and those due within `afterMs` of
 * its end wait for the recovery.
 */
export const touchesAll = (startedAt: number, endedAt: number, afterMs: number): Touch => ({
  from: startedAt - onTimeMs,
  to: endedAt + afterMs,
})

/** A publisher that is gone: the others go on, so of publications due before, only those that it held are touched. */
export const touchesHeld = (
  startedAt: number,
  endedAt: number,
  afterMs: number,
  held: ReadonlySet<string>,
): Touch[] => [
  { from: startedAt, to: endedAt + afterMs },
  { from: startedAt - onTimeMs, to: endedAt + afterMs, publications: held },
]

/**
 * A fault that met a request on the network touches its publication, and those due on its channel while it had to wait.
 */
export function touchesRequest(
  at: number,
  waitMs: number,
  handle: string,
  publicationId: string | null,
): Touch[] {
  const from = at - onTimeMs
  if (publicationId === null) return [{ from, to: at + waitMs, handle }]
  return [
    { from, to: at, publications: new Set([publicationId]) },
    ...(waitMs > 0 ? [{ from: at, to: at + waitMs, handle }] : []),
  ]
}
