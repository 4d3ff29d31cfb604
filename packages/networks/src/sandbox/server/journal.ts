import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readSync, write } from 'node:fs'
import { dirname } from 'node:path'

/**
 * An append-only file of JSON lines. What is appended while a write is under way goes out together
 * with the next one; `written` settles once all that was appended so far is in the file, which a
 * killed process cannot take back.
 */
export class Journal<Entry> {
  #file: number | null
  #waiting: string[] = []
  #appended = 0
  #written = 0
  #flushing: Promise<void> | null = null

  private constructor(file: number | null) {
    this.#file = file
  }

  /** Opens a journal and hands every entry to `replay`. Without a path it keeps nothing. */
  static open<Entry>(path: string | null, replay: (entry: Entry) => void): Journal<Entry> {
    if (path === null) return new Journal<Entry>(null)
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(path, existsSync(path) ? 'r+' : 'w+')
    // A line without its end was cut off by a kill; nobody was told that it was accepted.
    ftruncateSync(
      file,
      readLines(file, (line) => replay(JSON.parse(line) as Entry)),
    )
    closeSync(file)
    return new Journal<Entry>(openSync(path, 'a'))
  }

  append(entry: Entry): void {
    if (this.#file === null) return
    this.#waiting.push(`${JSON.stringify(entry)}\n`)
    this.#appended += 1
  }

  async written(): Promise<void> {
    const wanted = this.#appended
    while (this.#written < wanted) {
      this.#flushing ??= this.#flush().finally(() => {
        this.#flushing = null
      })
      await this.#flushing
    }
  }

  /** Forgets everything that was written. */
  async clear(): Promise<void> {
    await this.written()
    if (this.#file !== null) ftruncateSync(this.#file, 0)
  }

  async close(): Promise<void> {
    await this.written()
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  async #flush(): Promise<void> {
    const file = this.#file
    if (file === null) throw new Error('the journal is closed')
    const lines = this.#waiting
    this.#waiting = []
    let rest = Buffer.from(lines.join(''))
    while (rest.length > 0) rest = rest.subarray(await writeSome(file, rest))
    this.#written += lines.length
  }
}

const writeSome = (file: number, bytes: Buffer): Promise<number> =>
  new Promise((resolve, reject) => {
    write(file, bytes, (error, count) => (error ? reject(error) : resolve(count)))
  })

/** Reads whole lines and answers where the last of them ends. */
function readLines(file: number, onLine: (line: string) => void): number {
  const chunk = Buffer.alloc(1 << 20)
  let rest = Buffer.alloc(0)
  let end = 0
  for (;;) {
    const count = readSync(file, chunk, 0, chunk.length, null)
    if (count === 0) return end
    rest = Buffer.concat([rest, chunk.subarray(0, count)])
    let start = 0
    for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10, start)) {
      if (at > start) onLine(rest.toString('utf8', start, at))
      end += at + 1 - start
      start = at + 1
    }
    rest = rest.subarray(start)
  }
}
