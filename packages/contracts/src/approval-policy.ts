import { z } from 'zod'
import { event, request } from './define.ts'

/** Whether a post needs somebody else's approval before it goes out. */
export const approvalPolicy = z
  .strictObject({ approval: z.enum(['none', 'other_person']) })
  .meta({ id: 'ApprovalPolicy', examples: [{ approval: 'other_person' }] })

export const getApprovalPolicy = request(
  'content.approval-policy.get',
  z.object({}),
  approvalPolicy,
)
export const setApprovalPolicy = request(
  'content.approval-policy.set',
  approvalPolicy,
  approvalPolicy,
)

export const approvalPolicyChanged = event(
  'content.policy.changed.v1',
  z.object({ before: approvalPolicy, after: approvalPolicy }),
)
