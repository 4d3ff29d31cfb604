import { z } from 'zod'
import { request } from './define.ts'
import { channelId, publicationId } from './ids.ts'
import { instant } from './page.ts'

/** How far from its due time publications left, in milliseconds; null when there was none. */
const lateness = z.object({
  count: z.int(),
  p50: z.int().nullable(),
  p95: z.int().nullable(),
  p99: z.int().nullable(),
  max: z.int().nullable(),
  /** The share that left within a second of its due time. */
  onTimeRate: z.number().nullable(),
})

const found = z.object({
  publicationId: publicationId.nullable(),
  channelId,
  /** The network's id of the post in question, where one was seen. */
  remoteId: z.string().nullable(),
  permalink: z.string().nullable(),
})

/**
 * The ledger of a time span beside what the networks really show. A channel that cannot be read back
 * is listed as unread, never counted as right.
 */
export const reconciliation = z
  .object({
    from: instant,
    to: instant,
    /** Publications that were due in the span, by state. */
    states: z.record(z.string(), z.int()),
    /** Parts that the ledger calls live and that were looked for on their network. */
    checkedParts: z.int(),
    /** The same part more than once on the network. */
    duplicates: z.array(found),
    /** On the network, though the ledger does not say so. */
    unrecorded: z.array(found),
    /** The ledger says live, the network does not show it (or it was deleted there since). */
    falsePublished: z.array(found),
    /** Due, and neither live nor failed nor in a person's hands. */
    lost: z.array(found),
    unread: z.array(z.object({ channelId, network: z.string(), reason: z.string() })),
    lateness,
    duplicateRate: z.number().nullable(),
    /** False when the span held more than could be compared at once. */
    isComplete: z.boolean(),
  })
  .meta({ id: 'Reconciliation' })
export type Reconciliation = z.infer<typeof reconciliation>

export const reconciliationQuery = z.object({
  /** The last 24 hours when left out; at most 31 days. */
  from: instant.optional(),
  to: instant.optional(),
  channelId: channelId.optional(),
})

export const reconcileLedger = request(
  'publishing.ledger.reconcile',
  reconciliationQuery,
  reconciliation,
)

/** How publishing is doing, over all workspaces: the figures an operator is asked for. */
export const publishingStatus = z
  .object({
    at: instant,
    /** Planned and due, and still here. */
    overdue: z.int(),
    oldestOverdueSeconds: z.number().nullable(),
    sending: z.int(),
    oldestSendingSeconds: z.number().nullable(),
    pending: z.int(),
    oldestPendingSeconds: z.number().nullable(),
    needsAttention: z.int(),
    /** Of the last 24 hours. */
    published: z.int(),
    lateness,
    /** The publishing processes that are alive, by their names. */
    replicas: z.array(z.string()),
  })
  .meta({ id: 'PublishingStatus' })
export type PublishingStatus = z.infer<typeof publishingStatus>

export const getPublishingStatus = request('publishing.status.get', z.object({}), publishingStatus)
