import { z } from 'zod'
import { event, request } from './define.ts'

/** Whether a post needs somebody else's approval before it goes out. */
export const approvalPolicy = z
  .strictObject({ approval: z.enum(['none', 'other_person']) })
  .meta({ id: 'ApprovalPolicy', examples: [{ approval: 'other_person' }] })

export const getPolicy = request('content.policy.get', z.object({}), approvalPolicy)
export const setPolicy = request('content.policy.set', approvalPolicy, approvalPolicy)

export const policyChanged = event(
  'content.policy.changed.v1',
  z.object({ before: approvalPolicy, after: approvalPolicy }),
)
