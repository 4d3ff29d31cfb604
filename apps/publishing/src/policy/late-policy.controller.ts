import { OnRequest } from '@hamava/bus'
import {
  type CallContext,
  getLatePolicy,
  type ParsedInputOf,
  setLatePolicy,
} from '@hamava/contracts'
import { Controller } from '@nestjs/common'
import { LatePolicyService } from './late-policy.service.ts'

@Controller()
export class LatePolicyController {
  constructor(private readonly policies: LatePolicyService) {}

  @OnRequest(getLatePolicy)
  get(_input: ParsedInputOf<typeof getLatePolicy>, call: CallContext) {
    return this.policies.get(call)
  }

  @OnRequest(setLatePolicy)
  set(input: ParsedInputOf<typeof setLatePolicy>, call: CallContext) {
    return this.policies.set(call, input)
  }
}
