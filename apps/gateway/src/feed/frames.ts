/** How long a client waits before it connects again after a connection that broke. */
const retryMs = 2_000
/** The same wait after a stream that we ended as its rights have changed: the client may come back at once. */
const soonMs = 200

/** The first words of a stream: where it begins. */
export const firstFrame = (seq: string) => `retry: ${retryMs}\nid: ${seq}\n\n`

/** Tells a client that it missed events which it will not get: it reads everything again. */
export const resetFrame = (seq: string) =>
  `id: ${seq}\nevent: reset\ndata: ${JSON.stringify({ id: seq })}\n\n`

/** Keeps the connection open, and the client's position fresh. */
export const heartbeat = (seq: string) => `id: ${seq}\n: still here\n\n`

export const lastFrame = `retry: ${soonMs}\n\n`

/** One event as listeners get it; `data` is JSON without line breaks. */
export const eventFrame = (event: { seq: string; type: string; data: string }): Buffer =>
  Buffer.from(`id: ${event.seq}\nevent: ${event.type}\ndata: ${event.data}\n\n`)
