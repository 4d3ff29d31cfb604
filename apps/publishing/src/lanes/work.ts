/** SQL conditions on a row of `publications` under the alias `p`; the one place that says what may leave. */

/** The hold `h` covers the publication, whether `h` is active or not. */
export const isInScope = `(h.workspace_id = p.workspace_id
  and (h.channel_id is null or h.channel_id = p.channel_id)
  and (h.network is null or h.network = p.network)
  and (h.campaign_id is null or h.campaign_id = p.campaign_id))`

/** The id of an active hold that stops the publication; null when none does. */
export const activeHold = `(select h.id from holds h where ${isInScope} and h.released_at is null
  and (h.until is null or h.until > clock_timestamp()) limit 1)`

/** An active hold stops the publication. */
export const isHeld = `exists ${activeHold}`

/** How late it may be, in minutes: the workspace's word, else `normal`. */
export const lateMinutesOf = (normal: string) => `coalesce(
  (select l.late_minutes from late_policies l where l.workspace_id = p.workspace_id), ${normal})`

/** Too late to go out by itself; parts that follow a live one, and answers to people, never are. */
export const isLate = (normal: string) => `(p.part = 0 and p.kind = 'post'
  and p.due_at <= clock_timestamp() - ${lateMinutesOf(normal)} * interval '1 minute')`

/** How long after its due time a publication still counts as on time. */
const onTimeMs = 1_000

/** The earliest due time that can still be on time at this moment. */
export const onTimeSince = (moment = 'clock_timestamp()') =>
  `${moment} - ${onTimeMs} * interval '1 ms'`

/** A moment that can bound an index scan; `clock_timestamp()` cannot, as it may differ for each row. */
export const thisMoment = 'statement_timestamp()'

/**
 * Planned and due by a moment. `due_at > '-infinity'` is always true; it makes the planner choose the index
 * `publications_due` over all channels, not `publications_line` of one.
 */
export const isDueBy = (moment: string) =>
  `(p.state = 'planned' and p.due_at > '-infinity' and p.due_at <= ${moment})`

/** Planned, and the fence would let it through at its time. */
export const mayLeave = (normal: string) => `(p.state = 'planned'
  and p.approved_hash = p.snapshot_hash and not ${isLate(normal)} and not ${isHeld})`

/** The network is processing media that stay invisible until a further request of ours: it can still be stopped. */
export const isPreparing = `(p.state = 'pending'
  and p.pending_state->>'stage' is not distinct from 'preparing')`

/** The network is processing it, and the fence would let the next check through at its time. */
export const mayGoOn = (normal: string) => `(p.state = 'pending' and not ${isHeld}
  and not (${isPreparing} and ${isLate(normal)}))`

/** On its way already: to be checked with the network, or in doubt. */
export const isUnderWay = (normal: string) => `(p.state = 'sending' or ${mayGoOn(normal)})`
