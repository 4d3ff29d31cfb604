import type { DirectMessage, InboxEvent, SandboxPost } from './entries.ts'

const iso = (ms: number) => new Date(ms).toISOString()

/** A post as the network shows it. */
export const postView = (post: SandboxPost) => ({
  id: post.id,
  text: post.text,
  author: post.author,
  media: post.media.map(({ id, mime, alt }) => ({ id, mime, alt, url: `/media/${id}` })),
  parent: post.parent,
  root: post.root,
  visibility: post.visibility,
  location: post.location,
  createdAt: iso(post.createdAt),
})

export const messageView = (message: DirectMessage) => ({
  id: message.id,
  account: message.account,
  person: message.person,
  fromAccount: message.fromAccount,
  text: message.text,
  createdAt: iso(message.createdAt),
})

export const eventView = (event: InboxEvent) =>
  event.kind === 'direct'
    ? { seq: event.seq, kind: event.kind, message: messageView(event.message) }
    : { seq: event.seq, kind: event.kind, post: postView(event.post) }
