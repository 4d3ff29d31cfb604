import { Transactions, type Tx } from '@hamava/bus'
import type {
  CallContext,
  Member,
  memberEdit,
  memberInput,
  Page,
  PageQuery,
  Role,
} from '@hamava/contracts'
import { permissionsOf } from '@hamava/contracts'
import { AppError, decodeCursor, newId, toPage } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import type { Caller } from '../../http/caller.ts'
import { ApiKeyRow } from '../api-keys/api-key.entity.ts'
import { hashPassword } from '../passwords.ts'
import { PersonRow } from '../person.entity.ts'
import { SessionRow } from '../sessions/session.entity.ts'
import { showMember } from '../show-identity.ts'
import { MemberRow } from './member.entity.ts'

@Injectable()
export class MembersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Oldest first. */
  async list(call: CallContext, query: PageQuery): Promise<Page<Member>> {
    const after = decodeCursor(query.cursor)
    const select = this.dataSource
      .getRepository(MemberRow)
      .createQueryBuilder('m')
      .where('m.workspaceId = :workspaceId', { workspaceId: call.workspaceId })
      .orderBy('m.id')
      .limit(query.limit + 1)
    if (after) select.andWhere('m.id > :id', { id: after.id })
    const rows = await select.getMany()
    const people = await this.dataSource
      .getRepository(PersonRow)
      .findBy({ id: In(rows.map((row) => row.personId)) })
    const byId = new Map(people.map((person) => [person.id, person]))
    const show = (row: MemberRow) => showMember(row, byId.get(row.personId) ?? new PersonRow())
    return toPage(rows, query, show, (row) => ({ at: '', id: row.id }))
  }

  /** Nobody gives a role that may do more than they may themselves. */
  add(caller: Caller, input: z.output<typeof memberInput>): Promise<Member> {
    const { call } = caller
    refuseHigher(caller, input.role)
    return this.transactions.run(async (tx) => {
      const { email, role, channelIds } = input
      // Asked for twice at once, the second finds what the first has made.
      await tx.manager.query('select pg_advisory_xact_lock(hashtext($1))', [`person ${email}`])
      const person = await this.personFor(tx, input)
      const { workspaceId } = call
      const known = await tx.manager.findOneBy(MemberRow, { workspaceId, personId: person.id })
      if (known) throw new AppError('member_exists', { email })
      const id = newId('member')
      await tx.manager.insert(MemberRow, {
        id,
        workspaceId,
        personId: person.id,
        role,
        channelIds,
        version: 1,
      })
      const after = showMember(await tx.manager.findOneByOrFail(MemberRow, { id }), person)
      const subject = { kind: 'member', id }
      await audit(tx, call, { action: 'member.added', subject, before: null, after })
      return after
    })
  }

  /** Nor touches anybody who may do more. */
  edit(
    caller: Caller,
    id: string,
    version: number,
    changes: z.output<typeof memberEdit>,
  ): Promise<Member> {
    const { call } = caller
    if (changes.role) refuseHigher(caller, changes.role)
    return this.transactions.run(async (tx) => {
      const { row, person } = await this.locked(tx, call, id)
      if (row.version !== version) {
        throw new AppError('stale', { sent: String(version), current: String(row.version) })
      }
      refuseHigher(caller, row.role)
      if (changes.role && changes.role !== 'owner') await this.keepAnOwner(tx, row)
      const before = showMember(row, person)
      if (changes.role) row.role = changes.role
      if (changes.channelIds !== undefined) row.channelIds = changes.channelIds
      row.version++
      const after = showMember(await tx.manager.save(row), person)
      await audit(tx, call, {
        action: 'member.edited',
        subject: { kind: 'member', id },
        before,
        after,
      })
      return after
    })
  }

  /** Ends the member's sessions and keys in this workspace too. */
  remove(caller: Caller, id: string): Promise<{ id: string }> {
    const { call } = caller
    return this.transactions.run(async (tx) => {
      const { row, person } = await this.locked(tx, call, id)
      refuseHigher(caller, row.role)
      await this.keepAnOwner(tx, row)
      const before = showMember(row, person)
      await tx.manager.delete(SessionRow, { memberId: id })
      await tx.manager.update(ApiKeyRow, { ownerId: id }, { revokedAt: new Date() })
      await tx.manager.delete(MemberRow, { id })
      const subject = { kind: 'member', id }
      await audit(tx, call, { action: 'member.removed', subject, before, after: null })
      return { id }
    })
  }

  private async personFor(tx: Tx, input: z.output<typeof memberInput>): Promise<PersonRow> {
    const { email, name, password } = input
    const known = await tx.manager.findOneBy(PersonRow, { email })
    if (known) return known
    if (!password) throw new AppError('password_required', { email })
    const passwordHash = await hashPassword(password)
    await tx.manager.insert(PersonRow, { id: newId('person'), email, name, passwordHash })
    return tx.manager.findOneByOrFail(PersonRow, { email })
  }

  private async locked(tx: Tx, call: CallContext, id: string) {
    const row = await tx.manager.findOne(MemberRow, {
      where: { id, workspaceId: call.workspaceId },
      lock: { mode: 'pessimistic_write' },
    })
    if (!row) throw new AppError('not_found', { what: 'member', id })
    const person = await tx.manager.findOneByOrFail(PersonRow, { id: row.personId })
    return { row, person }
  }

  private async keepAnOwner(tx: Tx, row: MemberRow): Promise<void> {
    if (row.role !== 'owner') return
    const owners = await tx.manager.find(MemberRow, {
      where: { workspaceId: row.workspaceId, role: 'owner' },
      lock: { mode: 'pessimistic_write' },
    })
    if (owners.length < 2) throw new AppError('last_owner')
  }
}

function refuseHigher({ permissions }: Caller, role: Role): void {
  const scope = permissionsOf[role].find((permission) => !permissions.has(permission))
  if (scope) throw new AppError('scope_too_wide', { scope })
}
