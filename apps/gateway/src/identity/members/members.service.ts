import { Transactions, type Tx } from '@hamava/bus'
import type {
  CallContext,
  Member,
  memberEdit,
  memberInput,
  Page,
  PageQuery,
  Role,
  VersionsRead,
} from '@hamava/contracts'
import { permissionsOf } from '@hamava/contracts'
import {
  AppError,
  channelsOfHolder,
  decodeCursor,
  expectVersion,
  handedOn,
  mayTouch,
  newId,
  toPage,
} from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import type { z } from 'zod'
import { audit } from '../../audit/audit.service.ts'
import { OpenStreams } from '../../feed/open-streams.ts'
import type { Caller } from '../../http/caller.ts'
import { ApiKeyRow } from '../api-keys/api-key.entity.ts'
import { withCurrentRights } from '../current-rights.ts'
import { KnownChannels } from '../known-channels.ts'
import { hashPassword } from '../passwords.ts'
import { PersonRow } from '../person.entity.ts'
import { shownTo, toMember } from '../to-identity.ts'
import { MemberRow } from './member.entity.ts'

@Injectable()
export class MembersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly channels: KnownChannels,
    private readonly streams: OpenStreams,
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
    const show = (row: MemberRow) =>
      shownTo(call, toMember(row, byId.get(row.personId) ?? new PersonRow()))
    return toPage(rows, query, show, (row) => ({ at: '', id: row.id }))
  }

  async get(call: CallContext, id: string): Promise<Member> {
    const { manager } = this.dataSource
    const row = await manager.findOneBy(MemberRow, { id, workspaceId: call.workspaceId })
    if (!row) throw notFound(id)
    const person = await manager.findOneByOrFail(PersonRow, { id: row.personId })
    return shownTo(call, toMember(row, person))
  }

  /** Nobody gives a role that may do more than they may themselves, nor channels that are not theirs. */
  async add(caller: Caller, input: z.output<typeof memberInput>): Promise<Member> {
    await this.channels.check(caller.call, input.channelIds)
    return this.transactions.run(async (tx) => {
      const current = await withCurrentRights(tx, caller)
      const { call } = current
      refuseHigher(current, input.role)
      const { email, role } = input
      const channelIds = handedOn(call, input.channelIds)
      // Of two simultaneous requests for one e-mail address, the second finds the person that the first has made.
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
      const after = toMember(await tx.manager.findOneByOrFail(MemberRow, { id }), person)
      await auditMember(tx, call, { action: 'member.added', before: null, after })
      return after
    })
  }

  /** Nor touches anybody who may do more, nor themselves. Throws `own_membership`, `member_wider`. */
  async edit(
    caller: Caller,
    id: string,
    versions: VersionsRead,
    changes: z.output<typeof memberEdit>,
  ): Promise<Member> {
    if (caller.call.actor.memberId === id) throw new AppError('own_membership')
    await this.checkAdded(caller.call, id, changes.channelIds)
    return this.transactions.run(async (tx) => {
      const current = await withCurrentRights(tx, caller)
      const { call } = current
      if (changes.role) refuseHigher(current, changes.role)
      const { row, person } = await this.locked(tx, call, id)
      expectVersion(versions, row.version)
      refuseWider(current, row)
      const before = toMember(row, person)
      if (changes.role) row.role = changes.role
      if (changes.channelIds !== undefined) row.channelIds = handedOn(call, changes.channelIds)
      await this.keepAnOwner(tx, row, before)
      row.version++
      const after = toMember(await tx.manager.save(row), person)
      await auditMember(tx, call, { action: 'member.edited', before, after })
      tx.afterCommit(() => this.streams.endOf(id))
      return after
    })
  }

  /** Ends the member's sessions, which go with the row, and keys in this workspace too. */
  remove(caller: Caller, id: string): Promise<{ id: string }> {
    return this.transactions.run(async (tx) => {
      const current = await withCurrentRights(tx, caller)
      const { call } = current
      const { row, person } = await this.locked(tx, call, id)
      refuseWider(current, row)
      const before = toMember(row, person)
      await this.keepAnOwner(tx, null, before)
      await tx.manager.update(ApiKeyRow, { ownerId: id }, { revokedAt: new Date() })
      await tx.manager.delete(MemberRow, { id })
      await auditMember(tx, call, { action: 'member.removed', before, after: null })
      tx.afterCommit(() => this.streams.endOf(id))
      return { id }
    })
  }

  /** Checks only channels that are added: some of a list that is sent back whole may have been removed since. */
  private async checkAdded(call: CallContext, id: string, asked?: string[] | null): Promise<void> {
    const { workspaceId } = call
    const row = await this.dataSource.getRepository(MemberRow).findOneBy({ id, workspaceId })
    await this.channels.check(
      call,
      asked?.filter((channelId) => !row?.channelIds?.includes(channelId)),
    )
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
    if (!row) throw notFound(id)
    const person = await tx.manager.findOneByOrFail(PersonRow, { id: row.personId })
    return { row, person }
  }

  /** Throws `last_owner`: without an owner of all channels, nobody could ever give them to anybody. */
  private async keepAnOwner(tx: Tx, row: MemberRow | null, before: Member): Promise<void> {
    if (!isFullOwner(before) || (row && isFullOwner(row))) return
    const owners = await tx.manager.find(MemberRow, {
      where: { workspaceId: before.workspaceId, role: 'owner' },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    })
    const others = owners.filter((owner) => owner.id !== before.id && isFullOwner(owner))
    if (others.length === 0) throw new AppError('last_owner')
  }
}

const isFullOwner = ({ role, channelIds }: Pick<Member, 'role' | 'channelIds'>) =>
  role === 'owner' && channelIds === null

const notFound = (id: string) => new AppError('not_found', { what: 'member', id })

/** Throws `scope_too_wide`, and `member_wider` for who may use channels that the caller may not. */
function refuseWider(caller: Caller, { role, channelIds }: MemberRow): void {
  refuseHigher(caller, role)
  if (!mayTouch(caller.call, channelsOfHolder(channelIds))) throw new AppError('member_wider')
}

/** The entry concerns the channels that the member has and had: only callers who may use all of them read it. */
function auditMember(
  tx: Tx,
  call: CallContext,
  change: { action: string; before: Member | null; after: Member | null },
): Promise<void> {
  const { before, after } = change
  const sides = [before, after].filter((side) => side !== null)
  const id = sides[0]?.id ?? ''
  const channelIds = sides.flatMap((side) => channelsOfHolder(side.channelIds))
  return audit(tx, call, { ...change, subject: { kind: 'member', id }, channelIds })
}

function refuseHigher({ permissions }: Caller, role: Role): void {
  const scope = permissionsOf[role].find((permission) => !permissions.has(permission))
  if (scope) throw new AppError('scope_too_wide', { scope })
}
