import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { networkDataIn } from '@hamava/dev-stack'

/** A post as the network has it. */
export interface LivePost {
  readonly id: string
  readonly handle: string
  readonly text: string
  readonly acceptedAt: number
}

/** A fault of the network that met a request. */
export interface MetFault {
  readonly kind: string
  readonly handle: string
  /** Method and path. */
  readonly request: string
  readonly idempotencyKey: string | null
  readonly at: number
  readonly waitMs: number
}

export interface JournalContents {
  readonly posts: readonly LivePost[]
  readonly faults: readonly MetFault[]
}

type Line =
  | {
      t: 'post'
      post: {
        id: string
        author: { handle: string }
        text: string
        /** The text as it was sent, if the network has rewritten it. */
        source?: string
        createdAt: number
      }
    }
  | { t: 'fault'; fault: MetFault }
  | { t: 'other' }

/** What really happened, from the network's own journal, which the system under test does not write. */
export async function readJournal(dataDir: string): Promise<JournalContents> {
  const posts: LivePost[] = []
  const faults: MetFault[] = []
  const file = join(networkDataIn(dataDir, 'sandbox'), 'journal.jsonl')
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = JSON.parse(text) as Line
    if (line.t === 'fault') faults.push(line.fault)
    if (line.t !== 'post') continue
    const { id, author, text: shown, source: said = shown, createdAt } = line.post
    posts.push({ id, handle: author.handle, text: said, acceptedAt: createdAt })
  }
  return { posts, faults }
}
