import { OnRequest } from '@hamava/bus'
import {
  type CallContext,
  getApprovalPolicy,
  type ParsedInputOf,
  setApprovalPolicy,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ApprovalPolicyService } from './approval-policy.service.ts'

@Controller()
export class ApprovalPolicyController {
  constructor(private readonly policies: ApprovalPolicyService) {}

  @OnRequest(getApprovalPolicy)
  get(_input: ParsedInputOf<typeof getApprovalPolicy>, call: CallContext) {
    return this.policies.get(call)
  }

  @OnRequest(setApprovalPolicy)
  set(policy: ParsedInputOf<typeof setApprovalPolicy>, call: CallContext) {
    return this.policies.set(call, policy)
  }
}
