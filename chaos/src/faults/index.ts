import type { FaultKindName } from '../fault-kinds.ts'
import { cutTo, delayTo, silence } from './hit-connections.ts'
import { deleteNatsStorage, killNats } from './hit-nats.ts'
import { endBackends, killBackend, killPostgres } from './hit-postgres.ts'
import { killPublisher, stopPublisher } from './hit-publisher.ts'
import { killService, stopService } from './hit-service.ts'
import type { Inject } from './injected.ts'
import {
  answer5xx,
  answer429,
  answer503,
  cutOff,
  dropReplies,
  rewrite,
  showStaleLists,
  slowDown,
} from './trouble-sandbox.ts'

export const injections: Record<FaultKindName, Inject> = {
  'publisher killed': killPublisher,
  'publisher stopped': stopPublisher,
  'postgres killed': killPostgres,
  'backend killed': killBackend,
  'backends ended': endBackends,
  'postgres cut': cutTo('postgres'),
  'postgres delayed': delayTo('postgres'),
  'network cut': cutTo('sandbox'),
  'network delayed': delayTo('sandbox'),
  'network silent': silence('sandbox'),
  'service killed': killService,
  'service stopped': stopService,
  'nats killed': killNats,
  'nats storage deleted': deleteNatsStorage,
  'nats cut': cutTo('nats'),
  'nats delayed': delayTo('nats'),
  'reply dropped': dropReplies,
  'answered 429': answer429,
  'answered 5xx': answer5xx,
  'answered 503 after all was done': answer503,
  'cut off in the middle': cutOff,
  'texts rewritten': rewrite,
  'lists stale': showStaleLists,
  'slowed down': slowDown,
}
