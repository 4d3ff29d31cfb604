import { randomBytes } from 'node:crypto'
import type { login, loginInput, me, Preferences } from '@hamava/contracts'
import { AppError, newId } from '@hamava/service-kit'
import { Injectable } from '@nestjs/common'
import { DataSource, In, LessThan } from 'typeorm'
import type { z } from 'zod'
import { OpenStreams } from '../../feed/open-streams.ts'
import type { Caller } from '../../http/caller.ts'
import { LoginDelays } from '../../throttles/login-delays.ts'
import { MemberRow } from '../members/member.entity.ts'
import { passwordMatches } from '../passwords.ts'
import { PersonRow } from '../person.entity.ts'
import { hashSecret, newSecret } from '../secrets.ts'
import { shownTo, toMember, toWorkspace } from '../to-identity.ts'
import { WorkspaceRow } from '../workspaces/workspace.entity.ts'
import { SessionRow } from './session.entity.ts'

type Login = z.output<typeof login>
type LoginInput = z.output<typeof loginInput>

export const sessionLifeMs = 14 * 86_400_000

@Injectable()
export class SessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly delays: LoginDelays,
    private readonly streams: OpenStreams,
  ) {}

  /** Throws `wrong_credentials`, whichever of the two was wrong, and `login_throttled` after several. */
  async login({ email, password, workspaceId }: LoginInput, address: string): Promise<Login> {
    const attempt = await this.delays.begin(email, address)
    const person = await this.dataSource.getRepository(PersonRow).findOneBy({ email })
    const matches = await passwordMatches(person?.passwordHash ?? null, password)
    const member = matches && person ? await this.memberFor(person.id, workspaceId) : null
    const opened = person && member && (await this.open(person, member))
    if (!opened) throw new AppError('wrong_credentials')
    await this.delays.forgive(attempt, email, address)
    return opened
  }

  /** The same person in another of their workspaces: a session of its own. */
  async switchTo(caller: Caller, workspaceId: string): Promise<Login> {
    const person = await this.dataSource
      .getRepository(PersonRow)
      .findOneByOrFail({ id: caller.personId })
    const member = await this.memberFor(person.id, workspaceId)
    const opened = member && (await this.open(person, member))
    if (!opened) throw new AppError('not_found', { what: 'workspace', id: workspaceId })
    return opened
  }

  async logout(caller: Caller): Promise<void> {
    const { viaId } = caller.call.actor
    await this.dataSource.getRepository(SessionRow).delete({ id: viaId })
    this.streams.endOf(viaId)
  }

  async me({ call, permissions, personId, csrfToken }: Caller): Promise<z.output<typeof me>> {
    const { manager } = this.dataSource
    const member = await manager.findOneBy(MemberRow, { id: call.actor.memberId ?? '' })
    const person = await manager.findOneByOrFail(PersonRow, { id: personId })
    const isPerson = call.actor.via === 'session'
    const memberships = isPerson ? await manager.findBy(MemberRow, { personId }) : []
    const ids = [call.workspaceId, ...memberships.map((one) => one.workspaceId)]
    const workspaces = await manager.find(WorkspaceRow, {
      where: { id: In(ids) },
      order: { id: 'ASC' },
    })
    const mine = workspaces.find((one) => one.id === call.workspaceId)
    if (!mine) throw new AppError('unauthenticated')
    return {
      member: member && shownTo(call, toMember(member, person)),
      workspace: toWorkspace(mine),
      workspaces: workspaces.map(toWorkspace),
      permissions: [...permissions],
      channelIds: call.channelIds,
      csrfToken,
      preferences: isPerson ? person.preferences : null,
    }
  }

  /** The same on every device, and in every workspace. */
  async prefer({ personId }: Caller, preferences: Preferences): Promise<void> {
    await this.dataSource.getRepository(PersonRow).update({ id: personId }, { preferences })
  }

  /** Answers null when the member was removed meanwhile. */
  private async open(person: PersonRow, member: MemberRow): Promise<Login | null> {
    await this.dataSource.getRepository(SessionRow).delete({ expiresAt: LessThan(new Date()) })
    const token = newSecret('hms')
    const csrfToken = randomBytes(24).toString('base64url')
    const expiresAt = new Date(Date.now() + sessionLifeMs)
    const isOpen = await this.dataSource.transaction(async (manager) => {
      const lock = { mode: 'for_key_share' } as const
      const found = await manager.findOne(MemberRow, { where: { id: member.id }, lock })
      if (!found) return false
      await manager.insert(SessionRow, {
        id: newId('session'),
        tokenHash: hashSecret(token),
        csrfToken,
        personId: person.id,
        memberId: member.id,
        expiresAt,
      })
      return true
    })
    if (!isOpen) return null
    const workspace = await this.dataSource
      .getRepository(WorkspaceRow)
      .findOneByOrFail({ id: member.workspaceId })
    return {
      token,
      csrfToken,
      expiresAt: expiresAt.toISOString(),
      member: toMember(member, person),
      workspace: toWorkspace(workspace),
    }
  }

  private memberFor(personId: string, workspaceId?: string): Promise<MemberRow | null> {
    return this.dataSource.getRepository(MemberRow).findOne({
      where: { personId, ...(workspaceId && { workspaceId }) },
      order: { id: 'ASC' },
    })
  }
}
