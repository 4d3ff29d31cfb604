import { type ApiError, JetStreamApiError, PubHeaders } from '@nats-io/jetstream'
import { createInbox, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'

export interface Outgoing {
  /** The stream keeps one message of the same id, however often it is published. */
  id: string
  subject: string
  body: string
  headers: MsgHdrs
}

/** Its place in the stream, or why it has none. */
export type Placed = number | Error

/**
 * Publishes messages and waits for the stream's answer to each. The client's own `publish` makes a
 * timer and two errors with their stacks for every message; a batch shares one inbox and one timer.
 * @param signal ends the waiting: no answer comes any more.
 */
export async function publishBatch(
  connection: NatsConnection,
  inboxPrefix: string,
  batch: Outgoing[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Placed[]> {
  const placed: Placed[] = []
  const all = Promise.withResolvers<void>()
  let waiting = batch.length
  const settle = (at: number, place: Placed) => {
    if (placed[at] !== undefined) return
    placed[at] = place
    waiting -= 1
    if (waiting === 0) all.resolve()
  }
  const giveUp = (why: Error) => {
    for (const at of batch.keys()) settle(at, why)
  }
  const inbox = createInbox(inboxPrefix)
  const answers = connection.subscribe(`${inbox}.*`, {
    callback: (error, answer) => {
      if (error) giveUp(error)
      else settle(Number(answer.subject.slice(inbox.length + 1)), readPlace(answer))
    },
  })
  void answers.closed.then(() => giveUp(new Error('the connection was closed')))
  const onAbort = () => giveUp(new Error('the connection was lost'))
  signal.addEventListener('abort', onAbort)
  const timer = setTimeout(() => giveUp(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  for (const [at, { id, subject, body, headers }] of batch.entries()) {
    headers.set(PubHeaders.MsgIdHdr, id)
    try {
      connection.publish(subject, body, { headers, reply: `${inbox}.${at}` })
    } catch (error) {
      // One message failed, for example because it is too large: the others are still sent.
      settle(at, error as Error)
    }
  }
  await all.promise
  clearTimeout(timer)
  signal.removeEventListener('abort', onAbort)
  answers.unsubscribe()
  return placed
}

function readPlace(answer: Msg): Placed {
  if (answer.headers?.code === 503) return new Error('no stream is there to take it')
  try {
    const { seq, error } = answer.json<{ seq?: number; error?: ApiError }>()
    if (error) return new JetStreamApiError(error)
    return seq || new Error(`the answer is no acknowledgement: ${answer.string()}`)
  } catch (error) {
    return error as Error
  }
}
