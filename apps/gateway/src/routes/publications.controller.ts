import {
  attentionCounts,
  calendarEntry,
  calendarQuery,
  changeResult,
  countAttention,
  countMissingPublications,
  evidence,
  exportEvidence,
  listCalendar,
  listMissingPublications,
  listPublications,
  pageOf,
  publication,
  publicationDetail,
  publicationId,
  reconciliation,
  reconciliationQuery,
  reschedulePromisedPublications,
  rescheduling,
  resolution,
  resolvePublication,
  retryPublication,
} from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Forward } from '../http/forward.ts'
import { Route } from '../http/route.ts'
import { readPublication } from './read-publication.ts'
import { reconcile } from './reconcile.ts'
import { notAnyMore, notReady, notThen } from './refusals.ts'

const params = { id: 'The publication' }
const publicationPage = pageOf(publication).meta({ id: 'PublicationPage' })
const changedPublications = changeResult.meta({ id: 'ChangeResult' })
const calendarPage = pageOf(calendarEntry).meta({ id: 'CalendarPage' })
/** Hundreds of publications are moved one after the other. */
const movingDeadlineMs = 30_000
const listQuery = listPublications.input
const missingQuery = listMissingPublications.input

@ApiTags('Publications')
@Controller('v1')
export class PublicationsController {
  constructor(private readonly forward: Forward) {}

  @Get('publications')
  @Route({
    summary: 'The publications, newest first',
    operationId: 'listPublications',
    needs: 'publications:read',
    ok: publicationPage,
  })
  list(
    @FromCaller() caller: Caller,
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
  ) {
    return this.forward.to(listPublications, caller, query)
  }

  @Get('attention')
  @Route({
    summary: 'How many publications need a person, by cause',
    operationId: 'countAttention',
    needs: 'publications:read',
    ok: attentionCounts,
  })
  async attention(@FromCaller() caller: Caller) {
    const [counts, missing] = await Promise.all([
      this.forward.to(countAttention, caller, {}),
      this.countMissing(caller),
    ])
    return { ...counts, missing }
  }

  /** Null while content is away: publishing's own counts are still answered, and can be acted on. */
  private async countMissing(caller: Caller): Promise<number | null> {
    try {
      return (await this.forward.to(countMissingPublications, caller, {})).count
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') return null
      throw error
    }
  }

  @Get('publications/missing')
  @Route({
    summary: 'Publications that are due for a minute and that publishing does not know',
    operationId: 'listMissingPublications',
    needs: 'publications:read',
    ok: publicationPage,
  })
  missing(
    @FromCaller() caller: Caller,
    @Query({ schema: missingQuery }) query: z.output<typeof missingQuery>,
  ) {
    return this.forward.to(listMissingPublications, caller, query)
  }

  @Get('publications/:id')
  @Route({
    summary: 'One publication with its attempts, timeline and lateness',
    operationId: 'getPublication',
    needs: 'publications:read',
    ok: publicationDetail,
    params,
  })
  get(@FromCaller() caller: Caller, @Param('id', { schema: publicationId }) id: string) {
    return readPublication(this.forward, caller, id)
  }

  @Get('publications/:id/evidence')
  @Route({
    summary: 'The proof of one publication: its attempts, bound to each other by hashes',
    operationId: 'exportEvidence',
    needs: 'publications:read',
    ok: evidence,
    params,
  })
  evidence(@FromCaller() caller: Caller, @Param('id', { schema: publicationId }) id: string) {
    return this.forward.to(exportEvidence, caller, { id })
  }

  @Post('publications/reschedule')
  @Route({
    summary:
      'Give publications that were skipped, failed or are still planned a new time, all at once',
    operationId: 'reschedulePublications',
    refuses: [
      'change_under_way',
      ...notReady,
      ...notThen,
      ...notAnyMore,
      'not_found',
      'other_channels_too',
      'publication_state',
    ],
    needs: 'publications:write',
    ok: changedPublications,
    keyRequired: true,
  })
  reschedule(
    @FromCaller() caller: Caller,
    @Body({ schema: rescheduling }) input: z.output<typeof rescheduling>,
  ) {
    return this.forward.to(reschedulePromisedPublications, caller, input, movingDeadlineMs)
  }

  @Post('publications/:id/retry')
  @Route({
    summary: 'Try a failed, missed or held publication again, now',
    operationId: 'retryPublication',
    refuses: ['publication_state', 'not_approved'],
    needs: 'publications:write',
    ok: publication,
    keyRequired: true,
    params,
  })
  retry(@FromCaller() caller: Caller, @Param('id', { schema: publicationId }) id: string) {
    return this.forward.to(retryPublication, caller, { id })
  }

  @Post('publications/:id/resolve')
  @Route({
    summary:
      'Settle a stuck publication: say whether it is live, drop the rest, accept it as it is or publish it as new',
    operationId: 'resolvePublication',
    refuses: ['publication_state', 'not_approved', 'nothing_live'],
    needs: 'publications:write',
    ok: publication,
    keyRequired: true,
    params,
  })
  resolve(
    @FromCaller() caller: Caller,
    @Param('id', { schema: publicationId }) id: string,
    @Body({ schema: resolution }) input: z.output<typeof resolution>,
  ) {
    return this.forward.to(resolvePublication, caller, { id, resolution: input })
  }

  @Get('reconciliation')
  @Route({
    summary:
      'The ledger beside what the networks really show: duplicates, losses, false claims, lateness',
    operationId: 'reconcileLedger',
    refuses: ['span_too_long'],
    needs: 'publications:read',
    ok: reconciliation,
  })
  reconcile(
    @FromCaller() caller: Caller,
    @Query({ schema: reconciliationQuery }) query: z.output<typeof reconciliationQuery>,
  ) {
    return reconcile(this.forward, caller, query)
  }

  @Get('calendar')
  @Route({
    summary: 'What goes out in a range of time, by time',
    operationId: 'listCalendar',
    refuses: ['calendar_range'],
    needs: 'posts:read',
    ok: calendarPage,
  })
  calendar(
    @FromCaller() caller: Caller,
    @Query({ schema: calendarQuery }) query: z.output<typeof calendarQuery>,
  ) {
    return this.forward.to(listCalendar, caller, query)
  }
}
