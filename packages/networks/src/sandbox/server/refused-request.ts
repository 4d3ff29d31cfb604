import type { FakeReply } from '../../fakes/serve.ts'

/** A request that the network does not take; the sentence says what would be taken. */
export class RefusedRequest extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }

  get reply(): FakeReply {
    const { status, code, message, headers } = this
    return { status, headers, json: { error: { code, message } } }
  }
}
