import { largestMessageBytes, leastMaxPayload } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import {
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  headers as newHeaders,
} from '@nats-io/transport-node'

/**
 * A request or reply larger than NATS takes is sent in parts. Each part answers the message before, so that both sides
 * keep to their own inboxes and the receiver sets the pace. The first part's header says how many there are.
 */
const partsHeader = 'Hamava-Parts'
/** Room for headers, which count towards `max_payload`. */
const headerBytes = 16 * 1024

interface Options {
  /** Milliseconds to wait for each answer. */
  timeout: number
  headers?: MsgHdrs
}

/** Sends a request in parts as needed, returns the whole reply. Throws `reply_too_large` over `largestMessageBytes`. */
export async function askInParts(
  connection: NatsConnection,
  subject: string,
  body: string,
  options: Options,
): Promise<string> {
  const parts = partsOf(connection, body)
  let answer = await connection.request(subject, parts[0], {
    ...options,
    headers: announcing(parts.length, options.headers),
  })
  for (const part of parts.slice(1)) answer = await next(connection, answer, part, options.timeout)
  const { text } = await collect(connection, answer, options.timeout)
  return text
}

/** Reads all parts of a message. Answer to `last`, its last part. */
export async function collect(
  connection: NatsConnection,
  first: Msg,
  timeout: number,
): Promise<{ text: string; last: Msg }> {
  const count = Number(first.headers?.get(partsHeader) || 1)
  if (count === 1) return { text: first.string(), last: first }
  const chunks = [first.data]
  let last = first
  while (chunks.length < count) {
    last = await next(connection, last, undefined, timeout)
    chunks.push(last.data)
  }
  return { text: Buffer.concat(chunks).toString('utf8'), last }
}

/** Answers a message, in as many parts as it takes. */
export async function answerInParts(
  connection: NatsConnection,
  message: Msg,
  body: string,
  options: Options,
): Promise<void> {
  const parts = partsOf(connection, body)
  const final = parts.pop()
  let asked = message
  for (const [at, part] of parts.entries()) {
    const headers = at === 0 ? announcing(parts.length + 1, options.headers) : undefined
    asked = await next(connection, asked, part, options.timeout, headers)
  }
  const isOnly = parts.length === 0
  asked.respond(final, isOnly && options.headers ? { headers: options.headers } : {})
}

/** Says the next part, or asks for it, and waits for what is said to that. */
function next(
  connection: NatsConnection,
  { reply }: Msg,
  part: Uint8Array | string | undefined,
  timeout: number,
  headers?: MsgHdrs,
): Promise<Msg> {
  if (!reply) throw new Error('the other side stopped in the middle of a message')
  return connection.request(reply, part, { timeout, ...(headers && { headers }) })
}

function announcing(count: number, given: MsgHdrs = newHeaders()): MsgHdrs {
  if (count > 1) given.set(partsHeader, String(count))
  return given
}

/** The text as it is where it surely fits, else cut into parts that do. */
function partsOf(connection: NatsConnection, text: string): (string | Uint8Array)[] {
  const partBytes = (connection.info?.max_payload || leastMaxPayload) - headerBytes
  // No character of a string takes more than three bytes.
  if (text.length * 3 <= partBytes) return [text]
  const bytes = Buffer.from(text)
  if (bytes.length > largestMessageBytes) {
    throw new AppError('reply_too_large', {
      bytes: String(bytes.length),
      max: String(largestMessageBytes),
    })
  }
  const count = Math.ceil(bytes.length / partBytes)
  return Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * partBytes, (at + 1) * partBytes),
  )
}
