import { auditEvent, pageOf, pageQuery } from '@hamava/contracts'
import { Controller, Get, Query } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import type { z } from 'zod'
import { type Caller, FromCaller } from '../http/caller.ts'
import { Route } from '../http/route.ts'
import { AuditService } from './audit.service.ts'

const auditPage = pageOf(auditEvent).meta({ id: 'AuditEventPage' })

@ApiTags('Audit log')
@Controller('v1/audit-events')
export class AuditController {
  constructor(private readonly log: AuditService) {}

  @Get()
  @Route({
    summary: 'Every change with who, what, before and after',
    operationId: 'listAuditEvents',
    needs: 'audit:read',
    ok: auditPage,
  })
  list(
    @FromCaller() { call }: Caller,
    @Query({ schema: pageQuery }) query: z.output<typeof pageQuery>,
  ) {
    return this.log.list(call, query)
  }
}
