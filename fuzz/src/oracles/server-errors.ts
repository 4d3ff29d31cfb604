import { fieldOf } from '../sending/http.ts'
import { finding, type Oracle } from './oracle.ts'

/** Nothing that is asked brings a server into trouble, and everything gets an answer. */
export const serverErrors: Oracle = ({ answer, twists }) => {
  if (answer.status !== 0 && answer.status < 500) return []
  // That a network cannot be reached is no trouble of ours, and told as it should be.
  if (answer.status === 503 && fieldOf(answer.body, 'code') === 'network_unreachable') return []
  const cause =
    twists
      .map(({ name }) => name)
      .sort()
      .join(' and ') || 'a plain request'
  const what = answer.status === 0 ? 'no answer' : String(answer.status)
  return [finding('server errors', `${what}: ${cause}`, answer.text.slice(0, 300))]
}
