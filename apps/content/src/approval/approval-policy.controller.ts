import { OnRequest } from '@hamava/bus'
import { type CallContext, getPolicy, type ParsedInputOf, setPolicy } from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { ApprovalPolicyService } from './approval-policy.service.ts'

@Controller()
export class ApprovalPolicyController {
  constructor(private readonly policies: ApprovalPolicyService) {}

  @OnRequest(getPolicy)
  get(_input: ParsedInputOf<typeof getPolicy>, call: CallContext) {
    return this.policies.get(call)
  }

  @OnRequest(setPolicy)
  set(policy: ParsedInputOf<typeof setPolicy>, call: CallContext) {
    return this.policies.set(call, policy)
  }
}
