/** Something on this machine stands in the way; the message says what, `fix` which command fixes it. */
export class CannotStartError extends Error {
  override readonly name = 'CannotStartError'
  readonly fix: string

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options)
    this.fix = fix
  }
}
