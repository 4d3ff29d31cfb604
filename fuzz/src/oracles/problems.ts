import { findOperation } from '../document/operation.ts'
import { type Answer, contentTypeOf, fieldOf } from '../sending/http.ts'
import { type Finding, finding, type Oracle } from './oracle.ts'

/** The headers that a refusal must have, by status. */
const companions: Readonly<Record<number, string>> = {
  401: 'www-authenticate',
  405: 'allow',
  429: 'retry-after',
  503: 'retry-after',
}

/** A refusal says what is wrong in the one form that the document describes. */
export const problems: Oracle = ({ answer, draft, request, twists, world }) => {
  if (answer.status < 400) return []
  const isUnknown = draft.caller.via === 'nobody' && draft.operation.permission !== 'public'
  const missing = companions[answer.status]
  const found: Finding[] = []
  if (isUnknown && twists.length === 0 && answer.status !== 401) {
    found.push(finding('problems', `${answer.status} instead of 401`))
  }
  if (missing && !answer.headers[missing]) {
    found.push(finding('problems', `${answer.status} without ${missing}`))
  }
  if (request.method === 'HEAD') return found
  const form = formOf(answer, (body) => world.validate(problemSchema, body))
  if (form) return [...found, finding('problems', `${answer.status} that is no problem: ${form}`)]
  const path = request.path.split('?')[0] ?? ''
  // With a slash at its end it is another path, of which the document knows nothing.
  const operation = path.endsWith('/') ? null : findOperation(world.document, draft.method, path)
  const codes = operation?.codes
  const code = String(fieldOf(answer.body, 'code'))
  if (codes && !codes.includes(code)) found.push(finding('problems', `undocumented code ${code}`))
  return found
}

const problemSchema = { $ref: '#/components/schemas/Problem' }

function formOf(
  answer: Answer,
  invalid: (body: unknown) => string | undefined,
): string | undefined {
  const type = contentTypeOf(answer)
  if (type !== 'application/problem+json') return `content type ${type || 'missing'}`
  const faults = invalid(answer.body)
  if (faults) return faults
  const status = fieldOf(answer.body, 'status')
  return status === answer.status ? undefined : `says status ${status}`
}
