import type { Tx } from '@hamava/bus'
import { type MetricName, metricsCollected, systemContext } from '@hamava/contracts'
import type { Metrics } from '@hamava/networks'
import { SeriesRow } from './series.entity.ts'
import { SnapshotRow } from './snapshot.entity.ts'

/** Whose numbers they are. */
interface Measured {
  workspaceId: string
  channelId: string
  network: string
  publicationId: string | null
  postId: string | null
}

/** Adds the numbers read just now to their series, and tells of them. */
export async function saveReading(tx: Tx, measured: Measured, metrics: Metrics): Promise<void> {
  const { workspaceId, channelId, network, publicationId, postId } = measured
  const at = new Date()
  const read = Object.entries(metrics).filter(([, value]) => Number.isFinite(value))
  if (read.length === 0) return
  const series = read.map(([metric, value]) => ({
    id: `${channelId}/${publicationId ?? ''}/${metric}`,
    workspaceId,
    channelId,
    network,
    publicationId,
    postId,
    metric: metric as MetricName,
    latestAt: at,
    latestValue: value,
  }))
  await tx.manager.getRepository(SeriesRow).upsert(series, ['id'])
  const snapshots = series.map(({ id, latestValue }) => ({ seriesId: id, at, value: latestValue }))
  await tx.manager.getRepository(SnapshotRow).insert(snapshots)
  tx.publish(metricsCollected, systemContext(workspaceId, 'analytics'), {
    channelId,
    publicationId,
    postId,
    at: at.toISOString(),
    metrics: Object.fromEntries(read),
  })
}
