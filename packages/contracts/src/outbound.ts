/** A request to a network, as it is sent. */
export interface OutboundRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  url: string
  /** With lower-case names. */
  headers: Record<string, string>
  body?: string | Uint8Array
  signal?: AbortSignal
  /** By `performance.now()`: if no connection is free by then, the request is never sent. */
  beginBy?: number | undefined
}

/** The reply to it, read whole. */
export interface OutboundReply {
  status: number
  /** By lower-case names; values of a repeated header are joined by commas. */
  headers: Record<string, string>
  text: string
}
