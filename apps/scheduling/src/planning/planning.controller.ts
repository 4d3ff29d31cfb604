import { type EventOf, OnEvents, OnRequest, type SharedTx } from '@hamava/bus'
import {
  type CallContext,
  type ParsedInputOf,
  postScheduled,
  replanPublications,
  reschedulePlans,
  resolveSchedule as resolveRequest,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { resolveSchedule } from '../schedules/resolve-schedule.ts'
import { PlanPost } from './plan-post.ts'

@Controller()
export class PlanningController {
  constructor(private readonly planning: PlanPost) {}

  @OnRequest(resolveRequest)
  async resolve({ schedule }: ParsedInputOf<typeof resolveRequest>) {
    return resolveSchedule(schedule, new Date())
  }

  @OnEvents(postScheduled)
  plan(events: EventOf<typeof postScheduled>[], tx: SharedTx) {
    return this.planning.plan(events, tx)
  }

  @OnRequest(replanPublications)
  replan(change: ParsedInputOf<typeof replanPublications>, call: CallContext) {
    return this.planning.replan(call, change)
  }

  @OnRequest(reschedulePlans)
  reschedule(input: ParsedInputOf<typeof reschedulePlans>, call: CallContext) {
    return this.planning.reschedule(call, input)
  }
}
