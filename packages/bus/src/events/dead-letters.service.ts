import type { DeadLetter, Owner, Page, PageQuery } from '@hamava/contracts'
import { callContext } from '@hamava/contracts'
import { AppError, decodeCursor, toPage } from '@hamava/service-kit'
import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { type BusOptions, busOptionsToken } from '../options.ts'
import { DeadLetterEntry } from './dead-letter.entity.ts'
import { EventProcessor } from './event-processor.ts'
import { JetStreamServer } from './jetstream-server.ts'
import { OutboxRelay } from './outbox-relay.ts'
import { relayAgain } from './refuse-events.ts'

const shown = [
  'id',
  'direction',
  'event',
  'error',
  'deliveries',
  'failedAt',
  'replayedAt',
] as const satisfies (keyof DeadLetterEntry)[]

/** Lists events that could not be handled or sent, and replays them once the cause is gone. */
@Injectable()
export class DeadLettersService {
  private readonly service: Owner

  constructor(
    private readonly dataSource: DataSource,
    private readonly processor: EventProcessor,
    private readonly server: JetStreamServer,
    private readonly relay: OutboxRelay,
    @Inject(busOptionsToken) options: BusOptions,
  ) {
    this.service = options.service
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<DeadLetter>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(DeadLetterEntry)
      .createQueryBuilder('letter')
      // Without their bodies, which may be large and are not shown.
      .select(shown.map((field) => `letter.${field}`))
      .orderBy('letter.failedAt', 'DESC')
      .addOrderBy('letter.id', 'DESC')
      .limit(query.limit + 1)
    if (after) select.where('(letter.failedAt, letter.id) < (:at, :id)', after)
    const rows = await select.getMany()
    return toPage(
      rows,
      query,
      (row) => this.show(row),
      (row) => ({ at: row.failedAt.toISOString(), id: row.id }),
    )
  }

  /** Runs the handler or sends the event again. Throws the error if that fails; then the letter stays. */
  async replay(id: string): Promise<DeadLetter> {
    const repository = this.dataSource.getRepository(DeadLetterEntry)
    const letter = await repository.findOneBy({ id })
    if (letter?.direction === 'outgoing') {
      await relayAgain(this.dataSource.manager, id)
      this.relay.wake()
      return this.show(await repository.findOneByOrFail({ id }))
    }
    const handler = letter && this.server.handlerOf(letter.event)
    if (!letter || !handler) throw new AppError('not_found', { what: 'dead letter', id })
    const context = {
      eventId: letter.id,
      call: callContext.parse(letter.context),
      causationId: letter.causationId,
      deliveries: letter.deliveries + 1,
    }
    await this.processor.process([{ name: letter.event, body: letter.body, context }], handler)
    letter.replayedAt = new Date()
    return this.show(await repository.save(letter))
  }

  private show(row: Pick<DeadLetterEntry, (typeof shown)[number]>): DeadLetter {
    return {
      id: row.id,
      service: this.service,
      direction: row.direction,
      event: row.event,
      error: row.error,
      deliveries: row.deliveries,
      failedAt: row.failedAt.toISOString(),
      replayedAt: row.replayedAt?.toISOString() ?? null,
    }
  }
}
