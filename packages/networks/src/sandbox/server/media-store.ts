import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files by the hash of their bytes, in a folder or in memory: the same file twice is one. */
export class MediaStore {
  #folder: string | null
  #memory = new Map<string, Uint8Array>()

  constructor(folder: string | null) {
    this.#folder = folder
    if (folder) mkdirSync(folder, { recursive: true })
  }

  async put(bytes: Uint8Array): Promise<string> {
    const id = createHash('sha256').update(bytes).digest('hex').slice(0, 40)
    if (this.#folder === null) {
      this.#memory.set(id, bytes)
      return id
    }
    const path = join(this.#folder, id)
    const draft = `${path}.${process.hrtime.bigint()}`
    await writeFile(draft, bytes)
    await rename(draft, path)
    return id
  }

  /** The bytes of a file; the id must be one that `put` gave. */
  async get(id: string): Promise<Uint8Array | null> {
    if (this.#folder === null) return this.#memory.get(id) ?? null
    return readFile(join(this.#folder, id)).catch(() => null)
  }

  clear(): void {
    this.#memory.clear()
    if (this.#folder === null) return
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true })
  }
}
