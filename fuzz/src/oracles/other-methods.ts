import { send } from '../sending/send.ts'
import { type Asking, type Finding, finding } from './oracle.ts'

/** HEAD is GET without a body, and OPTIONS knows every path. */
export const otherMethods: Asking = async ({ answer, request, world }) => {
  const isStream = answer.headers['content-type']?.startsWith('text/event-stream')
  if (request.method !== 'GET' || answer.status !== 200 || isStream) return []
  const head = await send(world.access.url, { ...request, method: 'HEAD' })
  const options = await send(world.access.url, { ...request, method: 'OPTIONS' })
  const found: Finding[] = []
  if (head.status !== 200)
    found.push(finding('headers', `HEAD answers ${head.status} where GET answers 200`))
  if (head.text !== '') found.push(finding('headers', 'HEAD answers with a body'))
  if (options.status === 404 || options.status >= 500) {
    found.push(finding('headers', `OPTIONS answers ${options.status}`))
  }
  return found
}
