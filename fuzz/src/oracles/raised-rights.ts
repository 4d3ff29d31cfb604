import { fieldOf, isAccepted } from '../sending/http.ts'
import { call, textOf } from '../world/api.ts'
import type { Caller } from '../world/caller.ts'
import { type Asking, type Finding, finding } from './oracle.ts'

/** Nobody gives more than they have, to themselves or to anybody. */
export const raisedRights: Asking = async (exchange) => {
  const { answer, draft, world } = exchange
  const { id } = draft.operation
  if (!isAccepted(answer) || draft.caller.workspace !== 'ours') return []
  if (id === 'createWorkspace') return ownWorkspace(exchange)
  if (!['addMember', 'editMember', 'createApiKey'].includes(id)) return []
  const isSaid = id !== 'editMember' || fieldOf(draft.body, 'channelIds') !== undefined
  const { role } = world.standings.get(draft.caller.memberId ?? '') ?? {}
  return givenTo(draft.caller, answer.body, isSaid, role === 'owner')
}

function givenTo(giver: Caller, given: unknown, isSaid: boolean, isOwner: boolean): Finding[] {
  const found: Finding[] = []
  const channelIds = fieldOf(given, 'channelIds') as string[] | null
  const isWider =
    giver.channelIds && (channelIds?.some((one) => !giver.channelIds?.includes(one)) ?? true)
  if (isSaid && isWider) found.push(finding('rights', 'gives channels that the giver has not'))
  const scopes = fieldOf(given, 'scopes')
  if (Array.isArray(scopes) && scopes.some((one) => !giver.permissions.has(one))) {
    found.push(finding('rights', 'gives scopes that the giver has not'))
  }
  if (fieldOf(given, 'role') === 'owner' && !isOwner) {
    found.push(finding('rights', 'makes an owner without being one'))
  }
  const expiresAt = fieldOf(given, 'expiresAt')
  const isKey = Array.isArray(scopes)
  const outlives = expiresAt === null || Date.parse(String(expiresAt)) > (giver.expiresAt ?? 0)
  if (isKey && giver.expiresAt && outlives) {
    found.push(finding('rights', 'makes a key that outlives its own'))
  }
  return found
}

/** A workspace of their own gives nobody what belongs to the whole installation. */
const ownWorkspace: Asking = async ({ answer, draft, world }) => {
  const { url } = world.access
  const { caller } = draft
  if (caller.via !== 'session') return []
  const path = `/v1/workspaces/${textOf(answer.body, 'id')}/session`
  const session = await call(url, caller, 'POST', path)
  if (!isAccepted(session)) return []
  const there = { headers: { authorization: `Bearer ${textOf(session.body, 'token')}` } }
  const reads = world.document.operations.filter(
    ({ method, permission }) => method === 'GET' && permission === 'operations:read',
  )
  const answers = await Promise.all(
    reads
      .filter(({ permission }) => !caller.permissions.has(permission))
      .map((one) => call(url, there, 'GET', one.path.replace('{service}', 'publishing'))),
  )
  return answers.some(isAccepted)
    ? [finding('rights', 'reads what is of the whole installation, in a workspace of their own')]
    : []
}
