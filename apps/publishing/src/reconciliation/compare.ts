import type { Reconciliation } from '@hamava/contracts'
import type { OwnPost, PublishInput } from '@hamava/networks'

/** A part of a publication, as the ledger has it, and as it would be sent. */
export interface LedgerPart {
  publicationId: string
  channelId: string
  /** The network's id where the ledger calls the part live. */
  remoteId: string | null
  permalink: string | null
  input: Pick<
    PublishInput,
    'text' | 'media' | 'replyTo' | 'idempotencyKey' | 'dueAt' | 'begunAt' | 'settings' | 'languages'
  >
}

type Findings = Pick<Reconciliation, 'duplicates' | 'unrecorded' | 'falsePublished'>

/**
 * The ledger of one channel beside what the network shows of it. Parts that say the same are told
 * apart by their ids; what is shown more often than the ledger accounts for is a duplicate of a live
 * part, or a part that the ledger does not know to be live. What a network shows in other signs is asked about there.
 */
export async function compare(parts: LedgerPart[], shown: OwnPost[]): Promise<Findings> {
  // Where a person has vouched for a part, the ledger knows its link in place of its id.
  const visible = new Set(shown.flatMap(({ id, permalink }) => [id, permalink]))
  const accounted = new Set(parts.flatMap(({ remoteId }) => remoteId ?? []))
  const found: Findings = { duplicates: [], unrecorded: [], falsePublished: [] }
  for (const { publicationId, channelId, remoteId, permalink } of parts) {
    if (remoteId !== null && !visible.has(remoteId)) {
      found.falsePublished.push({ publicationId, channelId, remoteId, permalink })
    }
  }
  // Those that are not known to be live come first: a stray post is theirs before it is anybody's double.
  const inOrder = parts.toSorted((one, other) => order(one) - order(other))
  for (const post of shown) {
    if (accounted.has(post.id) || accounted.has(post.permalink ?? '')) continue
    const part = inOrder.find(({ input }) => post.shows(input)) ?? (await madeFrom(post, inOrder))
    if (!part) continue
    const { publicationId, channelId } = part
    const stray = { publicationId, channelId, remoteId: post.id, permalink: post.permalink }
    found[part.remoteId === null ? 'unrecorded' : 'duplicates'].push(stray)
    if (part.remoteId === null) inOrder.splice(inOrder.indexOf(part), 1)
  }
  return found
}

const order = ({ remoteId }: LedgerPart) => (remoteId === null ? 0 : 1)

/** The part that a post was made from, where it does not show one as it was sent. */
async function madeFrom(post: OwnPost, parts: LedgerPart[]): Promise<LedgerPart | undefined> {
  for (const part of parts) {
    const isWorthAsking = post.resembles?.(part.input) ?? true
    if (isWorthAsking && (await post.isMadeFrom?.(part.input)) === true) return part
  }
  return undefined
}
