import { z } from 'zod'
import { event, request } from './define.ts'
import { channelId, postId, publicationId } from './ids.ts'
import { metricName } from './network.ts'
import { instant, pageOf, pageQuery } from './page.ts'

/** The readings of one metric of one publication (or of a channel as a whole), oldest first. */
export const metricSeries = z
  .object({
    channelId,
    network: z.string(),
    publicationId: publicationId.nullable(),
    postId: postId.nullable(),
    metric: metricName,
    latest: z.object({ at: instant, value: z.number() }),
    points: z.array(z.object({ at: instant, value: z.number() })),
  })
  .meta({ id: 'MetricSeries' })
export type MetricSeries = z.infer<typeof metricSeries>

export const metricQuery = pageQuery.extend({
  publicationId: publicationId.optional(),
  postId: postId.optional(),
  channelId: channelId.optional(),
  metric: metricName.optional(),
  from: instant.optional(),
  to: instant.optional(),
})

export const listMetrics = request('analytics.metric.list', metricQuery, pageOf(metricSeries))

/** New readings were stored. */
export const metricsCollected = event(
  'analytics.metrics.collected.v1',
  z.object({
    channelId,
    publicationId: publicationId.nullable(),
    postId: postId.nullable(),
    at: instant,
    metrics: z.partialRecord(metricName, z.number()),
  }),
)
