import type { PostContent } from '@hamava/networks/rules'
import { stableIdempotencyKey } from '../../../api/client.ts'
import { isStatus, Problem } from '../../../api/problem.ts'
import { randomId } from '../../../api/random-id.ts'
import type { Post, PostEdit } from '../../../api/types.ts'
import {
  contentOfDraft,
  type Draft,
  draftOf,
  hasSameContent,
  isForTheSameTime,
  scheduleIn,
} from '../draft/draft.ts'

/** The request that creates a post, kept until it is answered. */
export interface PendingCreate {
  key: string
  content: PostContent
}

/** The requests about one post. */
export interface PostServer {
  make: (pendingCreate: PendingCreate) => Promise<Post>
  change: (post: Post, change: PostEdit, key: string) => Promise<Post>
  remove: (post: Post) => Promise<unknown>
}

/** The current state of the editor. */
export interface EditorContent {
  base: Post | null
  draft: Draft
  pendingCreate: PendingCreate | null
}

interface Holder {
  now: () => EditorContent
  /** Takes over changes; a `pendingCreate` is saved on the device before its request is sent. */
  note: (change: Partial<Pick<EditorContent, 'base' | 'pendingCreate'>>) => void
}

/** Refused for good: the change was not made, and a repeat would not make it. */
const isRefused = (error: unknown): boolean =>
  error instanceof Problem && error.status < 500 && ![408, 409, 425, 429].includes(error.status)

/**
 * Sends one request at a time for one post, each with the version that the one before left, and with the editor's
 * content at that moment. A new post is created under an idempotency key that is kept until the answer; then words and
 * time go in one change.
 */
export class PostSync {
  readonly #server: PostServer
  readonly #holder: Holder
  readonly #once = stableIdempotencyKey()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(server: PostServer, holder: Holder) {
    this.#server = server
    this.#holder = holder
  }

  /** Saves the words alone. */
  save(): Promise<Post> {
    return this.#inTurn(async () => this.#change(await this.#made(), false))
  }

  /** Saves the words, and when they are to go out. */
  finish(): Promise<Post> {
    return this.#inTurn(async () => this.#change(await this.#made(), true))
  }

  /** Deletes the post, as if it had never been written. */
  discard(): Promise<void> {
    return this.#inTurn(async () => {
      const { base, pendingCreate } = this.#holder.now()
      // A create may have succeeded without an answer: repeated under its key, it tells the post to delete.
      const made = base ?? (pendingCreate && (await this.#made()))
      if (!made) return
      try {
        await this.#server.remove(made)
      } catch (error) {
        if (!isStatus(error, 404)) throw error
      }
      this.#holder.note({ base: null, pendingCreate: null })
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #made(): Promise<Post> {
    const { base, draft, pendingCreate: before } = this.#holder.now()
    if (base) return base
    const pendingCreate = before ?? { key: randomId(), content: contentOfDraft(draft) }
    if (pendingCreate !== before) this.#holder.note({ pendingCreate })
    try {
      const made = await this.#server.make(pendingCreate)
      this.#holder.note({ base: made, pendingCreate: null })
      return made
    } catch (error) {
      if (isRefused(error)) this.#holder.note({ pendingCreate: null })
      throw error
    }
  }

  async #change(post: Post, withTime: boolean): Promise<Post> {
    const { draft } = this.#holder.now()
    const was = draftOf(post, draft)
    const change: PostEdit = {
      ...(!hasSameContent(was, draft) && contentOfDraft(draft)),
      ...(withTime && !isForTheSameTime(draft, was) && { schedule: scheduleIn(draft) ?? null }),
    }
    if (Object.keys(change).length === 0) return post
    const { id, version } = post
    const changed = await this.#once({ id, version, change }, (header) =>
      this.#server.change(post, change, header['Idempotency-Key']),
    )
    this.#holder.note({ base: changed })
    return changed
  }
}
