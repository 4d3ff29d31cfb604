// Loaded before a publisher, as `shift-clock.mjs?offMs=3600000`: its wall clock is off, timers and the monotonic clock
// are right.
const offMs = Number(new URL(import.meta.url).searchParams.get('offMs'))
const RightDate = Date

globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length === 0) super(RightDate.now() + offMs)
    else super(...given)
  }

  static now() {
    return RightDate.now() + offMs
  }
}
