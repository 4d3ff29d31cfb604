export interface HttpRequest {
  readonly method: string
  /** With its query, as it goes over the wire. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | null
  /** It ends in the middle of a chunk whose size is no number. */
  readonly isBroken?: boolean
}

export interface Answer {
  /** 0 when there was none. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** What its JSON says; undefined where it is none. */
  readonly body: unknown
}

export const contentTypeOf = ({ headers }: Answer) =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''

export const isRefusal = ({ status }: Answer) => status >= 400 && status < 500
export const isAccepted = ({ status }: Answer) => status >= 200 && status < 300

/** A field of a JSON object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
}
