import {
  type FieldError,
  fillIn,
  type ProblemBody,
  type ProblemCode,
  type ProblemKind,
  problems,
} from '@hamava/contracts'

/** A refusal that the caller should hear about; its words stand in the contracts' catalogue. */
export class AppError extends Error {
  override name = 'AppError'

  constructor(
    readonly code: ProblemCode,
    readonly params: Record<string, string> = {},
    readonly options: { errors?: FieldError[]; cause?: unknown } = {},
  ) {
    super(fillIn(problems[code].message.en, params), { cause: options.cause })
  }

  get kind(): ProblemKind {
    return problems[this.code].kind
  }

  get errors(): FieldError[] | undefined {
    return this.options.errors
  }

  /** The form in which it crosses the wire; internals stay behind. */
  toBody(): ProblemBody {
    return { code: this.code, params: this.params, ...(this.errors && { errors: this.errors }) }
  }

  static fromBody(body: ProblemBody): AppError {
    const code = body.code in problems ? (body.code as ProblemCode) : 'internal'
    return new AppError(code, body.params, body.errors ? { errors: body.errors } : {})
  }
}
