/**
 * A consumer in a process of its own (as scheduling) whose handler ends that process when a policy no longer
 * asks for approval. Reads `NATS_URL` and `DATABASE_URL`.
 */
import { approvalPolicyChanged } from '@hamava/contracts'
import { Controller, Module } from '@nestjs/common'
import { createService } from '../create-service.ts'
import type { EventContext } from '../events/event-context.ts'
import { OnEvent } from '../events/on-event.ts'
import { serviceParts } from './two-services.ts'

@Controller()
class FragileReader {
  @OnEvent(approvalPolicyChanged)
  async note({ after }: { after: { approval: string } }, { eventId, tx }: EventContext) {
    await tx.manager.query('insert into effects (event_id) values ($1)', [eventId])
    if (after.approval === 'none') process.kill(process.pid, 'SIGKILL')
  }
}

@Module({ controllers: [FragileReader] })
class FragileModule {}

const { NATS_URL = '', DATABASE_URL = '' } = process.env
const service = await createService({
  ...serviceParts('scheduling', NATS_URL, DATABASE_URL, [FragileModule], { ackWaitMs: 1_000 }),
  consumes: [approvalPolicyChanged],
})
await service.start()
