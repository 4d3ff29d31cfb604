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
 * Compares the ledger of one channel with the posts that the network shows. Parts with the same content are told apart
 * by their ids; a post that the ledger does not account for is a duplicate of a live part, or a part that the ledger
 * does not call live. If a network shows a text in changed form, `isMadeFrom` asks it.
 */
export async function compare(parts: LedgerPart[], shown: OwnPost[]): Promise<Findings> {
  // For a part that a person confirmed, the ledger has the permalink instead of the id.
  const visible = new Set(shown.flatMap(({ id, permalink }) => [id, permalink]))
  const accounted = new Set(parts.flatMap(({ remoteId }) => remoteId ?? []))
  const found: Findings = { duplicates: [], unrecorded: [], falsePublished: [] }
  for (const { publicationId, channelId, remoteId, permalink } of parts) {
    if (remoteId !== null && !visible.has(remoteId)) {
      found.falsePublished.push({ publicationId, channelId, remoteId, permalink })
    }
  }
  // Parts not known to be live come first: a stray post is matched to them before it counts as a duplicate.
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

/** The part that a post was made from, although the post does not show the part as it was sent. */
async function madeFrom(post: OwnPost, parts: LedgerPart[]): Promise<LedgerPart | undefined> {
  for (const part of parts) {
    const isWorthAsking = post.resembles?.(part.input) ?? true
    if (isWorthAsking && (await post.isMadeFrom?.(part.input)) === true) return part
  }
  return undefined
}
