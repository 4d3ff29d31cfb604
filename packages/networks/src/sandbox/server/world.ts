import type {
  DirectMessage,
  Entry,
  InboxEvent,
  Person,
  SandboxAccount,
  SandboxPost,
  StoredMedia,
  Token,
  Webhook,
} from './entries.ts'

const mention = /(?:^|[^\p{L}\p{N}_@])@([a-z0-9][a-z0-9_.-]*[a-z0-9_]|[a-z0-9])/giu

/** All that is on the network. It changes by journal entries alone, so a replay makes the same world. */
export class World {
  base = 0
  seq = 0
  accounts = new Map<string, SandboxAccount>()
  tokens = new Map<string, Token>()
  tokenOf = new Map<string, Token>()
  refreshTokens = new Map<string, Token>()
  /** Accounts whose tokens are refused, until when (null: until a new one is made). */
  revoked = new Map<string, number | null>()
  media = new Map<string, StoredMedia>()
  /** The media that posts have. */
  attached = new Set<string>()
  posts = new Map<string, SandboxPost>()
  postsBy = new Map<string, SandboxPost[]>()
  replies = new Map<string, SandboxPost[]>()
  messages = new Map<string, DirectMessage[]>()
  /** Who wrote to an account, by both their handles. */
  people = new Map<string, Person>()
  webhooks = new Map<string, Webhook>()
  inbox = new Map<string, InboxEvent[]>()
  /** Posts and messages by account and idempotency key. */
  byKey = new Map<string, SandboxPost | DirectMessage>()

  /** Applies one entry; returns the inbox events it caused, by handle. */
  apply(entry: Entry): { handle: string; event: InboxEvent }[] {
    this.seq += 1
    switch (entry.t) {
      case 'begin':
        this.base = entry.base
        this.seq = entry.seq
        return []
      case 'account':
        this.accounts.set(entry.account.handle, entry.account)
        return []
      case 'token':
        this.#addToken(entry.token)
        return []
      case 'revoke':
        this.revoked.set(entry.handle, entry.until)
        return []
      case 'media':
        this.media.set(entry.media.id, entry.media)
        return []
      case 'webhook':
        if (entry.webhook) this.webhooks.set(entry.handle, entry.webhook)
        else this.webhooks.delete(entry.handle)
        return []
      case 'fault':
        return []
      case 'media_gone':
        this.media.delete(entry.id)
        return []
      case 'post':
        return this.#addPost(entry.post)
      case 'post_gone':
        this.#removePost(entry.id)
        return []
      case 'message':
        return this.#addMessage(entry.message)
    }
  }

  /** An id that was never used before, also not before a reset. */
  newId(prefix: string): string {
    return `${prefix}_${(this.base + this.seq + 1).toString(36)}`
  }

  /** An account has one token; a new one ends the old one and any revocation. */
  #addToken(token: Token) {
    const old = this.tokenOf.get(token.handle)
    if (old) this.tokens.delete(old.token)
    if (old?.refreshToken) this.refreshTokens.delete(old.refreshToken)
    this.tokenOf.set(token.handle, token)
    this.tokens.set(token.token, token)
    if (token.refreshToken) this.refreshTokens.set(token.refreshToken, token)
    this.revoked.delete(token.handle)
  }

  #addPost(post: SandboxPost) {
    this.posts.set(post.id, post)
    for (const { id } of post.media) this.attached.add(id)
    push(this.postsBy, post.author.handle, post)
    if (post.parent) push(this.replies, post.parent, post)
    if (post.idempotencyKey) this.byKey.set(keyOf(post.author.handle, post.idempotencyKey), post)
    return this.#readersOf(post).map(([handle, kind]) =>
      this.#deliver(handle, { seq: this.seq, kind, post }),
    )
  }

  /** The replies stay; the post's idempotency key is forgotten with it. */
  #removePost(id: string) {
    const post = this.posts.get(id)
    if (!post) return
    const { handle } = post.author
    this.posts.delete(id)
    this.postsBy.set(handle, without(this.postsBy.get(handle), post))
    if (post.parent) this.replies.set(post.parent, without(this.replies.get(post.parent), post))
    if (post.idempotencyKey) this.byKey.delete(keyOf(handle, post.idempotencyKey))
  }

  #addMessage(message: DirectMessage) {
    push(this.messages, message.account, message)
    this.people.set(keyOf(message.account, message.person.handle), message.person)
    if (message.fromAccount && message.idempotencyKey)
      this.byKey.set(keyOf(message.account, message.idempotencyKey), message)
    return [this.#deliver(message.account, { seq: this.seq, kind: 'direct', message })]
  }

  #deliver(handle: string, event: InboxEvent) {
    push(this.inbox, handle, event)
    return { handle, event }
  }

  /** Whose inboxes a post reaches: those of the thread's owner, of people answered or mentioned, and of its author. */
  #readersOf(post: SandboxPost): [handle: string, kind: 'comment' | 'mention'][] {
    const author = post.author.handle
    const readers = new Map<string, 'comment' | 'mention'>()
    const parent = post.parent ? this.posts.get(post.parent) : undefined
    const above = [parent?.author.handle, this.posts.get(post.root)?.author.handle]
    for (const handle of above)
      if (handle !== undefined && handle !== author) readers.set(handle, 'comment')
    if (parent && parent.author.handle !== author) readers.set(author, 'comment')
    for (const [, name = ''] of post.text.matchAll(mention)) {
      const handle = name.toLowerCase()
      if (handle !== author && !readers.has(handle)) readers.set(handle, 'mention')
    }
    return [...readers].filter(([handle]) => this.accounts.has(handle))
  }
}

export const keyOf = (handle: string, key: string): string => `${handle}\n${key}`

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const without = <T>(list: T[] = [], value: T): T[] => list.filter((one) => one !== value)
