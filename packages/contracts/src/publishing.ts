import { z } from 'zod'
import { event, request } from './define.ts'
import {
  channelId,
  conversationId,
  idOf,
  messageId,
  postId,
  publicationId,
  workspaceId,
} from './ids.ts'
import { outcomeKind } from './network.ts'
import { instant, pageOf, pageQuery } from './page.ts'
import { publicationState } from './publication-state.ts'
import { reason } from './reason.ts'
import { changeRequest, changeResult, plansRescheduling, rescheduled } from './scheduling.ts'

/** One request of an attempt and what the network answered, without secrets. */
export const exchange = z
  .object({
    at: instant,
    method: z.string(),
    /** Without its query, and without what is secret in it. */
    url: z.string(),
    /** Null when no answer came. */
    status: z.int().nullable(),
    /** The first 500 characters of the answer, or why there was none. */
    reply: z.string(),
    ms: z.int(),
  })
  .meta({ id: 'Exchange' })
export type Exchange = z.infer<typeof exchange>

/** One try to make one part of a publication happen. Without `finishedAt` its outcome is not known. */
export const attempt = z
  .object({
    id: idOf('attempt'),
    number: z.int(),
    part: z.int(),
    /** `prepare` comes minutes ahead: media that the network lets wait. */
    step: z.enum(['prepare', 'publish', 'check', 'find']),
    startedAt: instant,
    finishedAt: instant.nullable(),
    outcome: outcomeKind.or(z.enum(['absent', 'unclear', 'prepared'])).nullable(),
    /** SHA-256 of what was sent. */
    fingerprint: z.string(),
    idempotencyKey: z.string(),
    reason: reason.nullable(),
    /** What was asked of the network and what it answered, in order. */
    exchanges: z.array(exchange),
    /** SHA-256 over the link before and this attempt as it ended; null while it is open. */
    hash: z.string().nullable(),
  })
  .meta({ id: 'Attempt' })
export type Attempt = z.infer<typeof attempt>

/** What happened to a publication, in order, for people and for evidence. */
export const timelineEntry = z
  .object({
    at: instant,
    what: z.enum(['planned', 'due', 'attempt_started', 'attempt_finished', 'published']),
    attemptId: z.string().nullable(),
    outcome: z.string().nullable(),
  })
  .meta({ id: 'TimelineEntry' })

/** What can stand in the way of a publication that is planned. */
export const riskCodes = [
  'token_expires',
  'scope_missing',
  'quota_used_up',
  'media_outside_rules',
  'not_approved',
  'channel_held',
  'channel_needs_reconnect',
  'channel_gone',
  'processing_long',
] as const
export type RiskCode = (typeof riskCodes)[number]

const partThatIsUp = z.object({
  part: z.int(),
  id: z.string(),
  permalink: z.string().nullable(),
  at: instant,
})

export const publication = z
  .object({
    id: publicationId,
    workspaceId,
    kind: z.enum(['post', 'message']),
    postId: postId.nullable(),
    messageId: messageId.nullable(),
    /** Of an answer: the conversation that it is in. */
    conversationId: conversationId.nullable().default(null),
    /** How the text begins, as it goes out on this channel. */
    excerpt: z.string().default(''),
    /** Missing in events from before holds, as are `risks` and `holdId`. */
    campaignId: z.string().nullable().default(null),
    channelId,
    network: z.string(),
    state: publicationState,
    dueAt: instant,
    /** When it will be tried next, if it waits for something. */
    nextAttemptAt: instant.nullable(),
    publishedAt: instant.nullable(),
    /**
     * Milliseconds from the due time to when the request left that made the first part visible. Where several requests
     * may have made it visible, the network's time of the post counts, else the request that settled it. Null while
     * nothing is up, and where only a person says that it is.
     */
    latenessMs: z.int().nullable(),
    remoteId: z.string().nullable(),
    permalink: z.string().nullable(),
    /** The parts that are up: the post, its thread, its first comment. */
    parts: z.array(partThatIsUp),
    partCount: z.int(),
    /** Parts that were up before it was published as new; missing in events from before that could be done. */
    formerParts: z.array(partThatIsUp).default([]),
    approved: z.boolean(),
    /** Why it is where it is, unless all is well. */
    reason: reason.nullable(),
    /** Why it may not go out when it is due, as far as is known today; empty when nothing stands in the way. */
    risks: z.array(reason).default([]),
    /** The hold that keeps it, if one does. */
    holdId: idOf('hold').nullable().default(null),
    version: z.int(),
    /** Rises with every change of state; events may arrive in another order. */
    revision: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Publication' })
export type Publication = z.infer<typeof publication>

export const publicationDetail = publication
  .extend({ attempts: z.array(attempt), timeline: z.array(timelineEntry) })
  .meta({ id: 'PublicationDetail' })
export type PublicationDetail = z.infer<typeof publicationDetail>

/**
 * A person's word on a publication that is stuck. Of an unconfirmed one: whether it is live. Of one that failed, was
 * missed, is held or unconfirmed: to drop the rest of a thread whose beginning is live (it ends as `published` with
 * the parts that are up), to accept it as it is (the same, or `cancelled` where nothing is up), or to publish it as
 * new, from its first part and whatever may be live of it. To give it up is to accept what is certainly not live.
 */
export const resolution = z
  .union([
    z.strictObject({
      isLive: z.literal(true),
      permalink: z.url({ protocol: /^https?$/ }).max(2000),
    }),
    z.strictObject({ isLive: z.literal(false) }),
    z.strictObject({
      action: z.enum(['drop_rest', 'accept_as_it_is', 'publish_as_new', 'give_up']),
    }),
  ])
  .meta({
    id: 'Resolution',
    examples: [{ isLive: true, permalink: 'https://t.me/hamava/42' }, { action: 'drop_rest' }],
  })
export type Resolution = z.infer<typeof resolution>

/**
 * What proves a publication: its attempts in the order in which they ended, each linked to the one
 * before by `hash` = SHA-256(previous hash + canonical JSON of the attempt without its hash). The
 * first link starts from the publication's id. Attempts that never ended come last, without a hash.
 */
export const evidence = z
  .object({
    publication,
    algorithm: z.literal('sha256'),
    genesis: z.string(),
    attempts: z.array(attempt),
    /** The hash of the last link, as it is kept beside the publication. */
    head: z.string(),
    /** Whether the chain, computed again, ends in `head`. */
    isIntact: z.boolean(),
    timeline: z.array(timelineEntry),
    exportedAt: instant,
  })
  .meta({ id: 'Evidence' })
export type Evidence = z.infer<typeof evidence>

/** How many publications of the ledger need a person, by cause; at risk are those that are still to come. */
const ledgerCounts = z.object({
  failed: z.int(),
  unconfirmed: z.int(),
  missed: z.int(),
  held: z.int(),
  risk: z.int(),
})
export type LedgerCounts = z.infer<typeof ledgerCounts>

/**
 * `ledgerCounts` with the publications that should be in the ledger and are not: promised, due, and unknown to
 * publishing. `missing` is null while they cannot be counted.
 */
export const attentionCounts = ledgerCounts
  .extend({ missing: z.int().nullable() })
  .meta({ id: 'AttentionCounts' })

/** How late a post may be and still go out, in minutes; later, it is missed and a person is asked. */
export const latePolicy = z
  .strictObject({ lateMinutes: z.int().min(1).max(10_080) })
  .meta({ id: 'LatePolicy', examples: [{ lateMinutes: 15 }] })

const onePublication = z.object({ id: publicationId })

export const replacePublications = request(
  'publishing.publication.replace',
  changeRequest,
  changeResult,
)
export const getPublication = request(
  'publishing.publication.get',
  onePublication,
  publicationDetail,
)
export const listPublications = request(
  'publishing.publication.list',
  pageQuery.extend({
    state: publicationState.optional(),
    channelId: channelId.optional(),
    postId: postId.optional(),
    kind: z.enum(['post', 'message']).optional(),
    holdId: idOf('hold').optional(),
    /** Only publications at risk, for any cause or for this one; without a state, those still to come. */
    risk: z.enum(['any', ...riskCodes]).optional(),
  }),
  pageOf(publication),
)
/** Which of these publications are in the ledger, and in which version of their post. */
export const findKnownPublications = request(
  'publishing.publication.find-known',
  z.object({ ids: z.array(publicationId).max(500) }),
  z.object({ known: z.array(z.object({ id: publicationId, version: z.int() })) }),
)
export const countAttention = request(
  'publishing.publication.count-attention',
  z.object({}),
  ledgerCounts,
)
/** The proof of one publication, for somebody outside. */
export const exportEvidence = request(
  'publishing.publication.export-evidence',
  onePublication,
  evidence,
)
export const reschedulePublications = request(
  'publishing.publication.reschedule',
  plansRescheduling,
  rescheduled,
)
export const getLatePolicy = request('publishing.late-policy.get', z.object({}), latePolicy)
export const setLatePolicy = request('publishing.late-policy.set', latePolicy, latePolicy)
export const retryPublication = request('publishing.publication.retry', onePublication, publication)
export const resolvePublication = request(
  'publishing.publication.resolve',
  onePublication.extend({ resolution }),
  publication,
)

/** A publication is in another state; being published has an event of its own besides. */
export const publicationChanged = event(
  'publishing.publication.changed.v1',
  z.object({
    publicationId,
    before: z.object({ state: publicationState }).nullable(),
    after: publication,
  }),
)
export const latePolicyChanged = event(
  'publishing.policy.changed.v1',
  z.object({ before: latePolicy, after: latePolicy }),
)
/** A publication has been on its way for so long that somebody should look. */
export const publicationStuck = event(
  'publishing.publication.stuck.v1',
  z.object({ publicationId, state: publicationState, since: instant }),
)
/** It is live: the fact that analytics and listening wait for. */
export const publicationPublished = event(
  'publishing.publication.published.v1',
  z.object({
    publicationId,
    kind: z.enum(['post', 'message']),
    postId: postId.nullable(),
    messageId: messageId.nullable(),
    conversationId: conversationId.nullable(),
    channelId,
    network: z.string(),
    remoteId: z.string(),
    permalink: z.string().nullable(),
    /** What the connector needs to read it again. */
    ref: z.unknown(),
    publishedAt: instant,
  }),
)
