import type { Outcome, Tools } from '../connector.ts'
import { Failed, type Failure } from '../failure.ts'
import { reasons } from '../reasons.ts'
import { api } from './api.ts'
import type { MastodonCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { mayKeepRefusals } from './server.ts'

interface Status {
  status?: string
  in_reply_to_id?: string
  [field: string]: unknown
}

/** Posts a status. When a reply is refused, checks whether its parent still exists. */
export async function postStatus(
  credentials: MastodonCredentials,
  key: string,
  body: Status,
  tools: Tools,
): Promise<Outcome> {
  try {
    const { id, url, created_at } = await api.createStatus(credentials, key, body, tools)
    const at = new Date(created_at)
    return { kind: 'published', id, permalink: url ?? null, ref: { id }, at }
  } catch (error) {
    const parentId = body.in_reply_to_id
    if (!(error instanceof Failed)) throw error
    if (parentId === undefined || !(await isGone(error, credentials, parentId, tools)))
      throw new Failed(withKey(error.failure, credentials), { cause: error })
    const { kind, reason } = error.failure
    return {
      kind: 'rejected',
      reason: reasons.parentGone(manifest.name, reason.detail ?? ''),
      // A server that broke half-way may have posted it all the same.
      mayBeUp: kind === 'unknown_outcome',
    }
  }
}

const withoutAnswer = ['unreachable', 'address_refused', 'certificate_refused']

/** Marks the key as used up if the server may repeat its refusal to it for an hour: the next try takes another key. */
function withKey(failure: Failure, credentials: MastodonCredentials): Failure {
  const { kind, reason } = failure
  const isRefusal = kind === 'rate_limited' || kind === 'temporary' || kind === 'rejected'
  if (!isRefusal || withoutAnswer.includes(reason.code) || !mayKeepRefusals(credentials))
    return failure
  return { ...failure, isKeyUsedUp: true }
}

/** Whether the parent is gone: to a reply to a missing status servers answer 404, or fail. */
async function isGone(
  { failure }: Failed,
  credentials: MastodonCredentials,
  parentId: string,
  tools: Tools,
): Promise<boolean> {
  if (!['not_found', 'server_trouble'].includes(failure.reason.code)) return false
  try {
    await api.status(credentials, parentId, tools)
    return false
  } catch (error) {
    return error instanceof Failed && error.failure.reason.code === 'not_found'
  }
}
