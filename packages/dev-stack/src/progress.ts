/** Says what is being done and how long each part took. */
export class Progress {
  readonly #write: (line: string) => void

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  say(line: string): void {
    this.#write(line)
  }

  /** Runs the work; if it returns a string, that is added to the line that says it is done. */
  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#write(`  ${what} …`)
    const begunAt = performance.now()
    const result = await work()
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(1)
    const detail = typeof result === 'string' ? ` (${result})` : ''
    this.#write(`  ${what}: ${seconds} s${detail}`)
    return result
  }
}
