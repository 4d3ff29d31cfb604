import type { DirectMessage, Person, SandboxAccount, SandboxPost } from './entries.ts'
import type { Network } from './network.ts'
import { RefusedRequest } from './refused-request.ts'

/** The people of the network, who write when they are told to. */
export const somebody: Person = { handle: 'sara', name: 'سارا' }

export function accountOf({ world }: Network, handle: string): SandboxAccount {
  const account = world.accounts.get(handle)
  if (!account) throw new RefusedRequest(404, 'not_found', `There is no account ${handle}.`)
  return account
}

/** Somebody writes a post of their own that names an account. */
export function mentionAccount(network: Network, handle: string, from = somebody, text?: string) {
  accountOf(network, handle)
  const said = text ?? 'این را ببینید'
  const named = said.toLowerCase().includes(`@${handle}`) ? said : `@${handle} ${said}`
  return write(network, from, named, null)
}

/** Somebody comments on a post. */
export function commentOn(
  network: Network,
  parent: SandboxPost,
  from = somebody,
  text = 'چه خوب!',
) {
  return write(network, from, text, parent)
}

/** Somebody writes to an account alone. */
export function messageTo(
  network: Network,
  handle: string,
  from = somebody,
  text = 'سلام، یک پرسش دارم',
) {
  accountOf(network, handle)
  const message: DirectMessage = {
    id: network.world.newId('m'),
    account: handle,
    person: from,
    fromAccount: false,
    text,
    idempotencyKey: null,
    createdAt: network.now(),
  }
  network.record({ t: 'message', message })
  return message
}

function write(
  network: Network,
  author: Person,
  text: string,
  parent: SandboxPost | null,
): SandboxPost {
  const id = network.world.newId('p')
  const post: SandboxPost = {
    id,
    author,
    text,
    media: [],
    parent: parent?.id ?? null,
    root: parent?.root ?? id,
    visibility: 'public',
    idempotencyKey: null,
    createdAt: network.now(),
  }
  network.record({ t: 'post', post })
  return post
}
