import { findOperation } from '../document/operation.ts'
import { contentTypeOf, isAccepted } from '../sending/http.ts'
import { finding, type Oracle } from './oracle.ts'

/** What is answered is what the document says. */
export const asDocumented: Oracle = ({ answer, request, world }) => {
  if (!isAccepted(answer) || request.method === 'HEAD' || request.method === 'OPTIONS') return []
  const path = request.path.split('?')[0] ?? ''
  const operation = findOperation(world.document, request.method, path)
  if (!operation) return [finding('document', 'an undocumented route answers')]
  const documented = operation.answers[String(answer.status)]
  if (!documented) return [finding('document', `undocumented status ${answer.status}`)]
  const [content] = Object.entries(documented.content ?? {})
  if (!content) return answer.text ? [finding('document', 'a body that is not documented')] : []
  const [type, { schema }] = content
  if (type === 'application/octet-stream') return []
  const told = contentTypeOf(answer)
  if (told !== type) return [finding('document', `content type ${told} instead of ${type}`)]
  if (!type.includes('json') || !schema) return []
  const faults = world.validate(schema, answer.body)
  return faults ? [finding('document', `its body: ${faults}`)] : []
}
