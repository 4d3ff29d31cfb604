import type { Tx } from '@hamava/bus'
import type { AuditEvent, CallContext, Page, PageQuery } from '@hamava/contracts'
import { decodeCursor, newId, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { AuditEventRow } from './audit-event.entity.ts'

/** A change to be remembered. */
export interface AuditEntry {
  action: string
  subject: AuditEvent['subject']
  before: object | null
  after: object | null
}

/** Remembers a change, in the transaction that makes it. */
export async function audit(
  { manager }: Pick<Tx, 'manager'> | { manager: EntityManager },
  { workspaceId, actor }: CallContext,
  entry: AuditEntry,
): Promise<void> {
  await manager.insert(AuditEventRow, { id: newId('auditEvent'), workspaceId, actor, ...entry })
}

@Injectable()
export class AuditService {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first. */
  async list(call: CallContext, query: PageQuery): Promise<Page<AuditEvent>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(AuditEventRow)
      .createQueryBuilder('e')
      .where('e.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('e.id', 'DESC')
      .limit(query.limit + 1)
    if (after) select.andWhere('e.id < :id', { id: after.id })
    return toPage(await select.getMany(), query, show, (row) => ({ at: '', id: row.id }))
  }
}

function show({ workspaceId: _mine, at, ...row }: AuditEventRow): AuditEvent {
  return { ...row, at: at.toISOString() }
}
