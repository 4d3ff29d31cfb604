import { isAccepted } from '../sending/http.ts'
import { finding, type Oracle } from './oracle.ts'

/** Wrong input is refused, with the right status and code. Of two twists, either may be refused first. */
export const input: Oracle = (exchange) => {
  const { answer, twists, draft, world } = exchange
  const [only] = twists
  if (twists.length === 1 && only?.expects) {
    const wrong = only.expects(answer)
    if (wrong) return [finding(topicOf(only.place, only.name), `${only.name}: ${wrong}`)]
  }
  const { body } = draft.operation
  if (!body?.contentType.includes('json') || draft.raw.body !== undefined) return []
  if (!isAccepted(answer) || draft.method !== draft.operation.method) return []
  const faults = world.validate(body.schema, draft.body)
  const causes = twists.map(({ name }) => name).join(' and ')
  return faults ? [finding('input', `accepts what its document refuses: ${causes}`, faults)] : []
}

function topicOf(place: string, name: string) {
  if (name.includes('cursor')) return 'cursors' as const
  if (place.startsWith('if-')) return 'conditional' as const
  if (place === 'query limit') return 'limits' as const
  return 'input' as const
}
