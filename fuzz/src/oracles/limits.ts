import { fieldOf, isAccepted } from '../sending/http.ts'
import { type Finding, finding, type Oracle } from './oracle.ts'

const mostItems = 100

/** Pages are bounded, and so is asking; both are told. */
export const limits: Oracle = ({ answer, draft, request }) => {
  if (!isAccepted(answer) || request.method === 'HEAD') return []
  const found: Finding[] = []
  if (!answer.headers.ratelimit || !answer.headers['ratelimit-policy']) {
    found.push(finding('limits', 'no RateLimit headers'))
  }
  const items = fieldOf(answer.body, 'items')
  if (!Array.isArray(items)) return found
  const asked = draft.query.findLast(([name]) => name === 'limit')?.[1]
  const parameter = draft.operation.parameters.find(({ name }) => name === 'limit')
  if (!parameter) return found
  const most =
    asked && /^\d+$/.test(asked) ? Number(asked) : (parameter.schema.maximum ?? mostItems)
  if (items.length > most) found.push(finding('limits', 'a page with more items than asked for'))
  return found
}
