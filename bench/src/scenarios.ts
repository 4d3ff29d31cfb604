import { onTime } from './goals/g02-on-time.ts'
import { oneInstant } from './goals/g03-one-instant.ts'
import { cpuAgainstQueues } from './goals/g04-cpu-against-queues.ts'
import { emptyJobs } from './goals/g05-empty-jobs.ts'
import { morePublishers } from './goals/g06-more-publishers.ts'
import { backlog } from './goals/g07-backlog.ts'
import { gatewayRequests } from './goals/g08-gateway.ts'
import { calendar } from './goals/g09-calendar.ts'
import { outbox } from './goals/g12-outbox.ts'
import { memory } from './goals/g13-memory.ts'
import { recovery } from './goals/g14-recovery.ts'
import { boot } from './goals/g15-boot.ts'
import { manyChannels } from './goals/g16-many-channels.ts'
import { fairness } from './goals/g17-fairness.ts'
import type { Scenario } from './scenario.ts'

/** In the order of the goals. */
export const scenarios: readonly Scenario[] = [
  onTime,
  oneInstant,
  cpuAgainstQueues,
  emptyJobs,
  morePublishers,
  backlog,
  gatewayRequests,
  calendar,
  outbox,
  memory,
  recovery,
  boot,
  manyChannels,
  fairness,
]
