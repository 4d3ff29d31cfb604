import {
  member,
  memberEdit,
  memberId,
  memberInput,
  pageOf,
  pageQuery,
  type VersionsRead,
} from '@hamava/contracts'
import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { z } from 'zod'
import { type Caller, FromCaller } from '../../http/caller.ts'
import { Forward } from '../../http/forward.ts'
import { IfMatch } from '../../http/if-match.ts'
import { Route } from '../../http/route.ts'
import { MembersService } from './members.service.ts'

const params = { id: 'The member' }
const memberPage = pageOf(member).meta({ id: 'MemberPage' })
const removedMember = z.object({ id: memberId }).meta({ id: 'RemovedMember' })

@ApiTags('Members')
@Controller('v1/members')
export class MembersController {
  constructor(
    private readonly members: MembersService,
    private readonly forward: Forward,
  ) {}

  @Get()
  @Route({
    summary: 'The people of the workspace',
    operationId: 'listMembers',
    needs: 'members:read',
    ok: memberPage,
  })
  list(
    @FromCaller() { call }: Caller,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    return this.members.list(call, query)
  }

  @Post()
  @Route({
    summary: 'Add a person with a role',
    operationId: 'addMember',
    refuses: [
      'member_exists',
      'password_required',
      'scope_too_wide',
      'channel_forbidden',
      'not_found',
    ],
    needs: 'members:write',
    ok: member,
    status: 201,
  })
  add(
    @FromCaller() caller: Caller,
    @Body({ schema: memberInput }) input: z.output<typeof memberInput>,
  ) {
    return this.forward.here(caller, () => this.members.add(caller, input))
  }

  @Get(':id')
  @Route({
    summary: 'One of the people of the workspace',
    operationId: 'getMember',
    needs: 'members:read',
    ok: member,
    params,
  })
  get(@FromCaller() { call }: Caller, @Param('id', { schema: memberId }) id: string) {
    return this.members.get(call, id)
  }

  @Patch(':id')
  @Route({
    summary: 'Change a role or the channels of a member',
    operationId: 'editMember',
    refuses: [
      'own_membership',
      'member_wider',
      'scope_too_wide',
      'channel_forbidden',
      'last_owner',
    ],
    needs: 'members:write',
    ok: member,
    versioned: true,
    params,
  })
  edit(
    @FromCaller() caller: Caller,
    @Param('id', { schema: memberId }) id: string,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: memberEdit }) changes: z.output<typeof memberEdit>,
  ) {
    return this.members.edit(caller, id, versions, changes)
  }

  @Delete(':id')
  @Route({
    summary: 'Remove a member, with their sessions and keys here',
    operationId: 'removeMember',
    refuses: ['member_wider', 'scope_too_wide', 'last_owner'],
    needs: 'members:write',
    ok: removedMember,
    params,
  })
  remove(@FromCaller() caller: Caller, @Param('id', { schema: memberId }) id: string) {
    return this.members.remove(caller, id)
  }
}
