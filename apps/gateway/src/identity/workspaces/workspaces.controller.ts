import {
  approvalPolicy,
  getApprovalPolicy,
  getLatePolicy,
  latePolicy,
  setApprovalPolicy,
  setLatePolicy,
  type VersionsRead,
  workspace,
  workspaceInput,
} from '@hamava/contracts'
import { Body, Controller, Get, Patch, Post, Put } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../../http/caller.ts'
import { Forward } from '../../http/forward.ts'
import { IfMatch } from '../../http/if-match.ts'
import { Route } from '../../http/route.ts'
import { WorkspacesService } from './workspaces.service.ts'

@ApiTags('Workspaces')
@Controller('v1')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly forward: Forward,
  ) {}

  @Post('workspaces')
  @Route({
    summary: 'Make another workspace, and own it',
    operationId: 'createWorkspace',
    needs: 'operations:write',
    ok: workspace,
    status: 201,
  })
  create(
    @FromCaller() caller: Caller,
    @Body({ schema: workspaceInput }) input: z.output<typeof workspaceInput>,
  ) {
    return this.forward.here(caller, () => this.workspaces.create(caller, input))
  }

  @Get('workspace')
  @Route({
    summary: 'The workspace in which you are',
    operationId: 'getWorkspace',
    needs: 'workspace:read',
    ok: workspace,
  })
  get(@FromCaller() { call }: Caller) {
    return this.workspaces.get(call)
  }

  @Patch('workspace')
  @Route({
    summary: 'Change the name or zone of this workspace',
    operationId: 'editWorkspace',
    refuses: ['channel_forbidden'],
    needs: 'workspace:write',
    ok: workspace,
    versioned: true,
  })
  edit(
    @FromCaller() { call }: Caller,
    @IfMatch() versions: VersionsRead,
    @Body({ schema: workspaceInput }) input: z.output<typeof workspaceInput>,
  ) {
    return this.workspaces.edit(call, versions, input)
  }

  @Get('approval-policy')
  @Route({
    summary: 'Whether posts need approval here',
    operationId: 'getApprovalPolicy',
    needs: 'workspace:read',
    ok: approvalPolicy,
  })
  policy(@FromCaller() caller: Caller) {
    return this.forward.to(getApprovalPolicy, caller, {})
  }

  @Put('approval-policy')
  @Route({
    summary: 'Say whether posts need approval',
    operationId: 'setApprovalPolicy',
    refuses: ['channel_forbidden'],
    needs: 'workspace:write',
    ok: approvalPolicy,
  })
  setPolicy(
    @FromCaller() caller: Caller,
    @Body({ schema: approvalPolicy }) input: z.output<typeof approvalPolicy>,
  ) {
    return this.forward.to(setApprovalPolicy, caller, input)
  }

  @Get('late-policy')
  @Route({
    summary: 'How late a post may be and still go out',
    operationId: 'getLatePolicy',
    needs: 'workspace:read',
    ok: latePolicy,
  })
  latePolicy(@FromCaller() caller: Caller) {
    return this.forward.to(getLatePolicy, caller, {})
  }

  @Put('late-policy')
  @Route({
    summary: 'Say how late a post may be and still go out',
    operationId: 'setLatePolicy',
    refuses: ['channel_forbidden'],
    needs: 'workspace:write',
    ok: latePolicy,
  })
  setLatePolicy(
    @FromCaller() caller: Caller,
    @Body({ schema: latePolicy }) input: z.output<typeof latePolicy>,
  ) {
    return this.forward.to(setLatePolicy, caller, input)
  }
}
