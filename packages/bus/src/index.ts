export * from './broadcasts.ts'
export * from './bus.module.ts'
export * from './connection.ts'
export * from './create-service.ts'
export * from './events/bus-tables.ts'
export { DeadLettersService } from './events/dead-letters.service.ts'
export type { EventContext, EventOf, SharedTx } from './events/event-context.ts'
export * from './events/on-event.ts'
export { ReadOutboxStatus } from './events/read-outbox-status.ts'
export * from './events/transactions.ts'
export { type Gauge, Metrics } from './metrics.ts'
export * from './requests/channel-credentials.ts'
export {
  doOnce,
  earlierReply,
  type Idempotency,
  keyOfRequest,
  withoutKey,
} from './requests/idempotency.ts'
export * from './requests/on-request.ts'
export * from './requests/request-client.ts'
export * from './wake-ups.ts'
