/**
 * Bounds of what travels between services. NATS takes messages of 1 MiB by default, headers included, and raising that
 * is no answer: the next server has its default again. Sizes are bytes of UTF-8 JSON.
 */

/** The largest body of one event, measured in the transaction that makes it. */
export const largestEventBytes = 900_000

/** The largest post for one channel: its snapshot, which travels in one event together with ids and times. */
export const largestSnapshotBytes = 850_000

/** The largest JSON body of a request over HTTP. */
export const largestBodyBytes = 8 * 1024 * 1024

/** The largest request or reply between services; it goes in parts, each of which fits the wire. */
export const largestMessageBytes = 64 * 1024 * 1024

/** About how large a page of a list may become before it ends early; a single item may be larger. */
export const largestPageBytes = 2 * 1024 * 1024

/** What NATS' `max_payload` must be at least: an event and its headers. */
export const leastMaxPayload = 1024 * 1024
