import type { CallContext, Evidence } from '@hamava/contracts'
import { mayTouch } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { databaseNow } from '../database/database-now.ts'
import { withPlannerDefaults } from '../database/with-planner-defaults.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { notFound } from '../publications/read-publications.ts'
import { timelineOf, toAttempt, toPublication } from '../publications/to-publication.ts'
import { genesisOf, headOf } from './link.ts'

/** The proof of one publication, for somebody outside: every attempt, bound to those before it. */
@Injectable()
export class ExportEvidence {
  constructor(private readonly dataSource: DataSource) {}

  /** Throws `not_found`. One snapshot of the database, so that an attempt cannot end half-way. */
  export(call: CallContext, id: string): Promise<Evidence> {
    return withPlannerDefaults(this.dataSource, async (manager) => {
      const { workspaceId } = call
      const row = await manager.findOneBy(PublicationRow, { id, workspaceId })
      if (!row || !mayTouch(call, [row.channelId])) throw notFound(id)
      const rows = await manager.find(AttemptRow, {
        where: { publicationId: id },
        order: { link: { direction: 'ASC', nulls: 'LAST' }, number: 'ASC' },
      })
      const attempts = rows.map(toAttempt)
      const head = row.evidenceHead ?? genesisOf(id)
      return {
        publication: toPublication(row),
        algorithm: 'sha256',
        genesis: genesisOf(id),
        attempts,
        head,
        isIntact:
          head ===
          headOf(
            id,
            attempts.filter((one) => one.hash !== null),
          ),
        timeline: timelineOf(row, rows),
        exportedAt: (await databaseNow(manager)).toISOString(),
      }
    })
  }
}
