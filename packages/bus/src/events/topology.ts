import { type EventContract, type Owner, owners, streamOf } from '@hamava/contracts'
import {
  AckPolicy,
  DeliverPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream'

/** A server that is still removing a stream's files breaks one that is made again at once (seen on 2.9). */
export const streamRestMs = 500

const nanos = (ms: number) => ms * 1_000_000

/** How long a stream keeps events; the outbox and the handled ids are kept longer. */
export const streamKeepsMs = 3 * 24 * 3_600_000

/**
 * Makes the streams that are missing. Limits retention, as only there `Nats-Msg-Id` survives a crash
 * of the server. Any service may come first: the settings are the same for all.
 */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
  for (const owner of owners) {
    const { name, subjects } = streamOf(owner)
    await manager.streams.add({
      name,
      subjects,
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(streamKeepsMs),
      duplicate_window: nanos(10 * 60_000),
    })
  }
}

/** One durable consumer per event and service: a plain filter works on every server version. */
export async function ensureConsumer(
  manager: JetStreamManager,
  service: Owner,
  event: EventContract,
  ackWaitMs: number,
): Promise<string> {
  const durable = `${service}__${event.name.replaceAll('.', '_')}`
  await manager.consumers.add(streamOf(event.owner).name, {
    durable_name: durable,
    filter_subject: event.name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(ackWaitMs),
    max_deliver: -1,
    max_ack_pending: 500,
  })
  return durable
}
