import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { JetStreamApiError, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { connect, headers, type NatsConnection } from '@nats-io/transport-node'
import { type TestNats, testNats } from '../testing/test-nats.ts'
import { type Outgoing, publishBatch } from './publish-batch.ts'

const binaries = {
  'the newest server at hand': process.env.HAMAVA_TEST_NATS_BIN,
  'server 2.9': process.env.HAMAVA_TEST_NATS_29_BIN,
}
const enoughMs = 30_000

describe.each(Object.entries(binaries))('a batch on %s', (_name, binary) => {
  let nats: TestNats
  let connection: NatsConnection
  let manager: JetStreamManager

  beforeAll(async () => {
    nats = await testNats(binary)
    connection = await connect({ servers: nats.url, inboxPrefix: '_INBOX_test' })
    manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'kept', subjects: ['kept.*'], max_msg_size: 1_000 })
  })
  afterAll(async () => {
    await connection?.close()
    await nats?.stop()
  })

  const message = (id: string, facts: Partial<Outgoing> = {}): Outgoing => ({
    id,
    subject: 'kept.one',
    body: `{"of":"${id}"}`,
    headers: headers(),
    ...facts,
  })
  const publish = (
    batch: Outgoing[],
    over = connection,
    timeoutMs = enoughMs,
    signal = new AbortController().signal,
  ) => publishBatch(over, '_INBOX_test', batch, { timeoutMs, signal })
  const stored = async (seq: unknown) =>
    (await manager.streams.getMessage('kept', { seq: Number(seq) }))?.string()

  it('has a place in the stream for each, in their order, and no second one', async () => {
    const ids = Array.from({ length: 500 }, (_, at) => `many-${at}`)
    const placed = await publish(ids.map((id) => message(id)))
    const first = Number(placed[0])
    expect(placed).toEqual(ids.map((_, at) => first + at))
    expect(await stored(placed[499])).toBe('{"of":"many-499"}')
    expect(await publish(ids.map((id) => message(id)))).toEqual(placed)
  })

  it('keeps what is good when others are refused, too large to send or without a stream', async () => {
    const [good, refused, tooLarge, homeless, alsoGood] = await publish([
      message('good'),
      message('refused', { body: 'x'.repeat(2_000) }),
      message('too-large', { body: 'x'.repeat(2_000_000) }),
      message('homeless', { subject: 'lost.one' }),
      message('also-good'),
    ])
    expect(await stored(good)).toBe('{"of":"good"}')
    expect(await stored(alsoGood)).toBe('{"of":"also-good"}')
    expect(refused).toBeInstanceOf(JetStreamApiError)
    expect(String(tooLarge)).toContain('max_payload')
    expect(String(homeless)).toContain('no stream')
    expect(homeless).not.toBeInstanceOf(JetStreamApiError)
  })

  it('waits for no answer that cannot come any more', async () => {
    const lost = new AbortController()
    connection.subscribe('gone.*', { callback: () => lost.abort() })
    const batch = [message('gone', { subject: 'gone.one' })]
    const placed = await publish(batch, connection, enoughMs, lost.signal)
    expect(String(placed[0])).toContain('the connection was lost')
  })

  it('waits for no answer longer than it was told to', async () => {
    connection.subscribe('silent.*', { callback: () => undefined })
    const placed = await publish([message('silent', { subject: 'silent.one' })], connection, 200)
    expect(String(placed[0])).toContain('no answer within 200 ms')
  })

  it('ends with its connection', async () => {
    const closing = await connect({ servers: nats.url })
    connection.subscribe('slow.*', { callback: () => void closing.close() })
    await connection.flush()
    const placed = await publish([message('slow', { subject: 'slow.one' })], closing)
    expect(String(placed[0])).toContain('closed')
  })
})
