import type { Tx } from '@hamava/bus'
import type { AuditEvent, CallContext, Page, PageQuery } from '@hamava/contracts'
import {
  batchColumns,
  decodeCursor,
  newId,
  restrictToChannelLists,
  toPage,
} from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { AuditEventRow } from './audit-event.entity.ts'

type Writer = Pick<Tx, 'manager'>

/** A change to be remembered. */
export interface AuditEntry {
  action: string
  subject: AuditEvent['subject']
  /** The channels that it concerns; null when none in particular, `[everyChannel]` for all. */
  channelIds: string[] | null
  before: object | null
  after: object | null
}

/** Remembers a change, in the transaction that makes it. */
export function audit(tx: Writer, call: CallContext, entry: AuditEntry): Promise<void> {
  return auditAll(tx, [{ ...entry, call }])
}

const written = [
  'id',
  'workspaceId',
  'actor',
  'action',
  'subject',
  'channelIds',
  'before',
  'after',
] as const

/** Remembers changes, in their order. */
export async function auditAll(
  { manager }: Writer,
  entries: (AuditEntry & { call: CallContext })[],
): Promise<void> {
  // The log is read by id, and ids of the same millisecond are in no order: sort them.
  const ids = entries.map(() => newId('auditEvent')).sort()
  const rows = entries.map(({ call: { workspaceId, actor }, ...entry }, at) => {
    return { id: ids[at] ?? '', workspaceId, actor, ...entry }
  })
  const { table, names, definition, recordOf } = batchColumns(manager, AuditEventRow, written)
  await manager.query(
    `insert into ${table} (${names})
     select ${names} from jsonb_to_recordset($1::jsonb) as entry (${definition})`,
    [JSON.stringify(rows.map(recordOf))],
  )
}

@Injectable()
export class AuditService {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; only entries whose channels are all the caller's. */
  async list(call: CallContext, query: PageQuery): Promise<Page<AuditEvent>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(AuditEventRow)
      .createQueryBuilder('e')
      .where('e.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('e.id', 'DESC')
      .limit(query.limit + 1)
    restrictToChannelLists(select, call, 'e.channelIds')
    if (after) select.andWhere('e.id < :id', { id: after.id })
    return toPage(await select.getMany(), query, show, (row) => ({ at: '', id: row.id }))
  }
}

function show({ workspaceId: _mine, channelIds: _inside, at, ...row }: AuditEventRow): AuditEvent {
  return { ...row, at: at.toISOString() }
}
