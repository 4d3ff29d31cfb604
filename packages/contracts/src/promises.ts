import { z } from 'zod'
import { event, request } from './define.ts'
import { channelId, postId, publicationId } from './ids.ts'
import { instant, pageOf, pageQuery } from './page.ts'
import { publication } from './publishing.ts'
import { changeResult, rescheduling } from './scheduling.ts'

/**
 * A promise is a publication as content has answered it: with an id, a channel and a time. Publishing hears of it a
 * moment later. One that is due and that publishing does not know is missing: nothing will send it.
 */

/** A publication as content knows it, for the moment before publishing knows of it. */
export const getPromisedPublication = request(
  'content.publication.get-promised',
  z.object({ id: publicationId }),
  publication,
)

/** Missing publications, the longest due first; of one channel and within a span of due times, if they are given. */
export const listMissingPublications = request(
  'content.publication.list-missing',
  pageQuery.extend({
    channelId: channelId.optional(),
    from: instant.optional(),
    to: instant.optional(),
  }),
  pageOf(publication),
)

export const countMissingPublications = request(
  'content.publication.count-missing',
  z.object({}),
  z.object({ count: z.int() }),
)

/** Moves publications everywhere: in the ledger, in the calendar and in what their posts say of their time. */
export const reschedulePromisedPublications = request(
  'content.publication.reschedule-promised',
  rescheduling,
  changeResult,
)

/** How content is doing, over all workspaces: the figures an operator is asked for. */
export const contentStatus = z
  .object({
    /** Publications that are due and that publishing does not know. */
    missing: z.int(),
    oldestMissingSeconds: z.number().nullable(),
  })
  .meta({ id: 'ContentStatus' })
export type ContentStatus = z.infer<typeof contentStatus>

export const getContentStatus = request('content.status.get', z.object({}), contentStatus)

/** A publication that was promised is due for a minute, and publishing does not know it. Told once. */
export const publicationMissing = event(
  'content.publication.missing.v1',
  z.object({
    publicationId,
    postId,
    channelId,
    network: z.string(),
    dueAt: instant,
    since: instant,
  }),
)
