import { z } from 'zod'
import { event, request } from './define.ts'
import { channelId, idOf, publicationId, workspaceId } from './ids.ts'
import { instant, pageOf, pageQuery } from './page.ts'
import { publicationState } from './publication-state.ts'

/** What a hold stops: all of the workspace, or what goes to a channel, to a network, or belongs to a campaign. */
export const holdScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('workspace') }),
    z.strictObject({ kind: z.literal('channel'), channelId }),
    z.strictObject({ kind: z.literal('network'), network: z.string().min(1).max(50) }),
    z.strictObject({ kind: z.literal('campaign'), campaignId: z.string().min(1).max(100) }),
  ])
  .meta({ id: 'HoldScope' })
export type HoldScope = z.infer<typeof holdScope>

/** A stop, with a reason: nothing of its scope leaves until it is released, or its time is over. */
export const hold = z
  .object({
    id: idOf('hold'),
    workspaceId,
    scope: holdScope,
    reason: z.string(),
    until: instant.nullable(),
    placedBy: z.string().nullable(),
    placedAt: instant,
    releasedAt: instant.nullable(),
  })
  .meta({ id: 'Hold' })
export type Hold = z.infer<typeof hold>

export const holdInput = z
  .strictObject({
    scope: holdScope,
    reason: z.string().trim().min(1).max(500),
    /** When it ends by itself; without it, it stays until it is released. */
    until: instant.nullable().optional(),
  })
  .meta({
    id: 'HoldInput',
    examples: [{ scope: { kind: 'workspace' }, reason: 'National day of mourning' }],
  })

/** The hold, and what was already on its way when it took effect: that, and nothing else, may still appear. */
export const holdResult = z
  .object({
    hold,
    /** How many planned publications it stops, as they were when it was asked for. */
    stops: z.int(),
    alreadySending: z.array(
      z.object({
        publicationId,
        channelId,
        state: publicationState,
        /** How its text begins. */
        excerpt: z.string(),
      }),
    ),
  })
  .meta({ id: 'HoldResult' })
export type HoldResult = z.infer<typeof holdResult>

/**
 * What a release let go: publications that go on, and those whose time has passed, which wait for a
 * person (`POST /v1/publications/reschedule`). At most 500 ids; the counts are whole.
 */
export const releaseResult = z
  .object({
    hold,
    resumed: z.int(),
    skipped: z.int(),
    skippedIds: z.array(publicationId),
  })
  .meta({ id: 'ReleaseResult' })
export type ReleaseResult = z.infer<typeof releaseResult>

const oneHold = z.object({ id: idOf('hold') })

export const placeHold = request('publishing.hold.place', holdInput, holdResult)
export const releaseHold = request('publishing.hold.release', oneHold, releaseResult)
export const getHold = request('publishing.hold.get', oneHold, hold)
export const listHolds = request(
  'publishing.hold.list',
  pageQuery.extend({ active: z.enum(['true', 'false']).optional() }),
  pageOf(hold),
)

export const holdChanged = event(
  'publishing.hold.changed.v1',
  z.object({
    holdId: idOf('hold'),
    action: z.enum(['placed', 'released', 'ended']),
    before: hold.nullable(),
    after: hold,
  }),
)
