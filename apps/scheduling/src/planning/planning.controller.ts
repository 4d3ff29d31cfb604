import { type EventContext, OnEvent, OnRequest } from '@hamava/bus'
import {
  type BodyOf,
  type CallContext,
  type ParsedInputOf,
  postScheduled,
  replanPublications,
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

  @OnEvent(postScheduled)
  plan(scheduled: BodyOf<typeof postScheduled>, { tx, call }: EventContext) {
    return this.planning.plan(tx, call, scheduled)
  }

  @OnRequest(replanPublications)
  replan(change: ParsedInputOf<typeof replanPublications>, call: CallContext) {
    return this.planning.replan(call, change)
  }
}
