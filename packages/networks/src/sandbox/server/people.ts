import type { Account, Message, Person, Post } from './entries.ts'
import type { Network } from './network.ts'
import { Refusal } from './refusal.ts'

/** The people of the network, who write when they are told to. */
export const somebody: Person = { handle: 'sara', name: 'سارا' }

export function accountOf({ world }: Network, handle: string): Account {
  const account = world.accounts.get(handle)
  if (!account) throw new Refusal(404, 'not_found', `There is no account ${handle}.`)
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
export function commentOn(network: Network, parent: Post, from = somebody, text = 'چه خوب!') {
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
  const message: Message = {
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

function write(network: Network, author: Person, text: string, parent: Post | null): Post {
  const id = network.world.newId('p')
  const post: Post = {
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
