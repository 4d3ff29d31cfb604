/** Something on this machine stands in the way; the message says what, the remedy which command mends it. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError'
  readonly fix: string

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options)
    this.fix = remedy
  }
}
