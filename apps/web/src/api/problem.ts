import type { components } from './schema.ts'

/** What the gateway says of a problem; a proxy in between may say less. */
export type Details = Partial<components['schemas']['Problem']>

/** A refusal of the gateway, in its own words: what is wrong, and what to do about it. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly fix: string
  /** Which fields are meant, by JSON pointer. */
  readonly errors: { pointer: string; code: string; message: string }[]

  constructor(status: number, said: Details) {
    super(said.detail ?? '')
    this.status = status
    this.code = said.code ?? 'unknown'
    this.fix = said.fix ?? ''
    this.errors = said.errors ?? []
  }
}

/** No answer came at all: the connection, or the server, is away. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

export const isStatus = (error: unknown, status: number): error is Problem =>
  error instanceof Problem && error.status === status
