import { isAccepted } from '../sending/http.ts'
import { mayCall } from '../world/caller.ts'
import { finding, type Oracle } from './oracle.ts'

/** Nobody is let in who lacks the permission that the document names. */
export const letIn: Oracle = ({ answer, draft, request }) => {
  const { caller, operation, headers } = draft
  const isOther = request.method !== operation.method || draft.raw.path !== undefined
  if (!isAccepted(answer) || isOther) return []
  const hasOwn = !('authorization' in headers) && !('cookie' in headers)
  if (hasOwn && mayCall(caller, operation.permission)) return []
  if (!hasOwn && (operation.permission === 'public' || 'cookie' in caller.headers)) return []
  if (!('authorization' in headers) && mayCall(caller, operation.permission)) return []
  return [finding('rights', `lets in without ${operation.permission}`)]
}
