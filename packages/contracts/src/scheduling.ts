import { z } from 'zod'
import { event, request } from './define.ts'
import { channelId, postId, publicationId } from './ids.ts'
import { instant, limitUpTo, pageOf, pageQuery } from './page.ts'
import { publicationPlan } from './post-snapshot.ts'
import { tooLate } from './posts.ts'
import { publicationState } from './publication-state.ts'
import { schedule, scheduleInput } from './schedule.ts'

/** One publication in the calendar. */
export const calendarEntry = z
  .object({
    publicationId,
    postId,
    channelId,
    network: z.string(),
    dueAt: instant,
    /** Where the wall time of `dueAt` was chosen. */
    zone: z.string(),
    state: publicationState,
    /** Set only while nobody has approved the publication, as a month has a thousand entries. */
    awaitsApproval: z.literal(true).optional(),
    excerpt: z.string(),
  })
  .meta({ id: 'CalendarEntry' })
export type CalendarEntry = z.infer<typeof calendarEntry>

export const calendarQuery = pageQuery.extend({
  /** A month of a large team is one page. */
  limit: limitUpTo(1_000),
  from: instant,
  to: instant,
  channelId: channelId.optional(),
})

/** A publication with its time: all that publishing needs, so that it never asks backwards. */
export const plannedPublication = publicationPlan.extend({
  postId,
  version: z.int(),
  dueAt: instant,
})
export type PlannedPublication = z.infer<typeof plannedPublication>

/** A change to publications that are planned: new content or a new time for some, cancellation of others. */
export const changeRequest = z.object({
  replace: z.array(plannedPublication),
  cancel: z.array(z.object({ publicationId, channelId, postId, version: z.int() })),
})
export type ChangeRequest = z.infer<typeof changeRequest>

/** Which publications were changed in time, and which were not. */
export const changeResult = z.object({ done: z.array(publicationId), tooLate: z.array(tooLate) })
export type ChangeResult = z.infer<typeof changeResult>

/** Gives publications that did not go out a new time, one after the other. */
export const rescheduling = z
  .strictObject({
    publicationIds: z.array(publicationId).min(1).max(500),
    /** Now, when left out. */
    at: instant.optional(),
    /** The distance between two of them on the same channel. */
    everySeconds: z.int().min(0).max(86_400).default(0),
  })
  .meta({
    id: 'Rescheduling',
    examples: [
      {
        publicationIds: ['pub_01kaha7b5xv4m2n8q0r6s9t3w1'],
        at: '2027-03-21T09:00:00+03:30',
        everySeconds: 60,
      },
    ],
  })

/** Which publications were moved in time, with the times that they have now. */
export const rescheduled = changeResult.extend({
  times: z.array(
    /** `revision` as in the events of publishing, so that none from before this is taken for newer. */
    z.object({ publicationId, dueAt: instant, state: publicationState, revision: z.int() }),
  ),
})
export type Rescheduled = z.infer<typeof rescheduled>

/** `rescheduling` between services, where `at` is required. */
export const plansRescheduling = rescheduling.required({ at: true })

/** Moves publications in publishing's ledger and in the calendar. */
export const reschedulePlans = request('scheduling.plan.reschedule', plansRescheduling, rescheduled)

export const resolveSchedule = request(
  'scheduling.schedule.resolve',
  z.object({ schedule: scheduleInput }),
  schedule,
)
export const replanPublications = request(
  'scheduling.publication.replan',
  z.object({
    postId,
    version: z.int(),
    /** Null when the post no longer has a time. */
    schedule: schedule.nullable(),
    excerpt: z.string(),
    publications: z.array(publicationPlan),
    cancel: z.array(z.object({ publicationId, channelId })),
    /** Idempotency key of the change: a repeat with the same `changeId` gets the first answer. */
    changeId: z.string().max(100).optional(),
  }),
  changeResult,
)
export const listCalendar = request(
  'scheduling.calendar.list',
  calendarQuery,
  pageOf(calendarEntry),
)

export const publicationPlanned = event('scheduling.publication.planned.v1', plannedPublication)
