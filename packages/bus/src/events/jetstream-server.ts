import { setTimeout as delay, setImmediate as endOfTurn } from 'node:timers/promises'
import { type EventContract, streamOf } from '@hamava/contracts'
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream'
import { Inject, Injectable } from '@nestjs/common'
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices'
import { BusConnection } from '../connection.ts'
import { readCausation, readContext } from '../context-headers.ts'
import { type BusOptions, busOptionsToken } from '../options.ts'
import { checkHandlers } from './declared-handlers.ts'
import { EventProcessor, NeverFinished, type ReceivedEvent } from './event-processor.ts'
import { jetStreamTransport } from './on-event.ts'
import { OutboxRelay } from './outbox-relay.ts'
import { ensureConsumer, ensureStreams, streamRestMs } from './topology.ts'

const defaultAckWaitMs = 30_000
/** Events of one kind that are handled in one transaction, at most. */
const mostTogether = 64
/** The same limit in bytes: a transaction of large events would delay the events after it. */
const mostBytesTogether = 4_000_000
/** How many events of one kind are handled concurrently when each has its own transaction. */
const concurrency = 8
const lostStatus = ['stream_not_found', 'consumer_not_found', 'consumer_deleted', 'no_responders']

/** Nest's door to JetStream: pull consumers, explicit acknowledgement, backoff, dead letters. */
@Injectable()
export class JetStreamServer extends Server implements CustomTransportStrategy {
  override readonly transportId = jetStreamTransport
  private readonly running: Promise<void>[] = []
  private readonly open = new Set<ConsumerMessages>()
  private isClosing = false

  constructor(
    private readonly connection: BusConnection,
    private readonly processor: EventProcessor,
    private readonly relay: OutboxRelay,
    @Inject(busOptionsToken) private readonly options: BusOptions,
  ) {
    super()
  }

  /** Fails at once when handlers and declarations differ; connecting goes on in the background. */
  listen(callback: (error?: unknown) => void): void {
    try {
      checkHandlers(this.options.service, this.options.consumes, this.messageHandlers)
    } catch (error) {
      callback(error)
      return
    }
    for (const event of this.options.consumes) this.running.push(this.consumeForEver(event))
    callback()
  }

  async close(): Promise<void> {
    this.isClosing = true
    for (const messages of this.open) messages.stop()
    if (this.connection.current) await Promise.all(this.running)
  }

  on(): void {
    throw new Error('this transport has no events to subscribe to')
  }

  unwrap<T>(): T {
    return this.connection.current as T
  }

  /** The handler of a declared event, for a replay. */
  handlerOf(name: string): MessageHandler | undefined {
    return this.messageHandlers.get(name)
  }

  private async consumeForEver(event: EventContract): Promise<void> {
    while (!this.isClosing) {
      try {
        await this.consume(event)
      } catch (error) {
        if (!this.isClosing) this.logger.warn(`${event.name}: will consume again: ${String(error)}`)
      }
      if (!this.isClosing) await delay(streamRestMs)
    }
  }

  private async consume(event: EventContract): Promise<void> {
    const manager = await this.connection.manager()
    await ensureStreams(manager)
    const ackWaitMs = this.options.ackWaitMs ?? defaultAckWaitMs
    const durable = await ensureConsumer(manager, this.options.service, event, ackWaitMs)
    const js = await this.connection.jetstream()
    const consumer = await js.consumers.get(streamOf(event.owner).name, durable)
    const messages = await consumer.consume({ max_messages: 64, idle_heartbeat: 1_000 })
    this.open.add(messages)
    // If `close` ran meanwhile, it has stopped only the consumers that were open then.
    if (this.isClosing) messages.stop()
    void this.watch(messages)
    try {
      await this.handleAll(event, messages)
    } finally {
      this.open.delete(messages)
    }
  }

  /** A consumer whose stream is gone neither ends nor throws, so its end comes from here. */
  private async watch(messages: ConsumerMessages): Promise<void> {
    for await (const status of messages.status()) {
      const isSilent = status.type === 'heartbeats_missed' && status.count >= 2
      if (!isSilent && !lostStatus.includes(status.type)) continue
      this.relay.recheck()
      messages.stop()
      return
    }
  }

  private async handleAll(event: EventContract, messages: ConsumerMessages): Promise<void> {
    const waiting: JsMsg[] = []
    let working: Promise<void> | null = null
    // Messages that arrive during a transaction share the next one: a commit costs the same for one event or many.
    const work = async () => {
      try {
        // Messages of one socket read arrive one by one, but within this turn of the event loop.
        await endOfTurn()
        while (waiting.length > 0) await this.handleTogether(event, takeTogether(waiting))
      } finally {
        // In the same turn as the last check of `waiting`, or a message in between would wait for the next message.
        working = null
      }
    }
    for await (const message of messages) {
      waiting.push(message)
      working ??= work()
      if (waiting.length >= mostTogether) await working
    }
    await working
  }

  private async handleTogether(event: EventContract, messages: JsMsg[]): Promise<void> {
    const handler = this.messageHandlers.get(event.name)
    const fresh = messages.filter((message) => !cameAgain(message))
    const alone: JsMsg[] = []
    if (handler && fresh.length > 1) {
      try {
        await this.processor.process(
          fresh.map((message) => readReceivedEvent(event, message)),
          handler,
        )
        for (const message of fresh) message.ack()
      } catch {
        // One of the events failed: handle each alone to find out which.
        alone.push(...fresh)
      }
    } else alone.push(...fresh)
    for (let at = 0; at < alone.length; at += concurrency) {
      await Promise.all(alone.slice(at, at + concurrency).map((one) => this.handle(event, one)))
    }
    // Redelivered events may have ended the process before: handled one at a time, they take down no others.
    for (const message of messages) if (cameAgain(message)) await this.handle(event, message)
  }

  private async handle(event: EventContract, message: JsMsg): Promise<void> {
    const handler = this.messageHandlers.get(event.name)
    let received: ReceivedEvent | null = null
    try {
      received = readReceivedEvent(event, message)
      if (!handler) throw new Error(`no handler for ${event.name}`)
      if (cameAgain(message)) await this.processor.processAgain(received, handler)
      else await this.processor.process([received], handler)
      message.ack()
    } catch (error) {
      await this.settle(message, received, error)
    }
  }

  private async settle(
    message: JsMsg,
    received: ReceivedEvent | null,
    error: unknown,
  ): Promise<void> {
    if (!received) {
      this.logger.error(`a message on ${message.subject} is not ours: ${String(error)}`)
      message.term()
      return
    }
    const { deliveries } = received.context
    const isOver = error instanceof NeverFinished || deliveries >= this.processor.maxDeliveries
    if (!isOver) {
      this.logger.warn(`${received.name} ${received.context.eventId} comes again: ${String(error)}`)
      message.nak(this.processor.redeliverAfterMs(deliveries))
      return
    }
    try {
      await this.processor.deadLetter(received, error)
      message.term()
    } catch (burial) {
      this.logger.error(`cannot write a dead letter: ${String(burial)}`)
      message.nak(5_000)
    }
  }
}

/** Removes the messages for one transaction from the front of `waiting`. */
function takeTogether(waiting: JsMsg[]): JsMsg[] {
  let bytes = 0
  const over = waiting.findIndex(({ data }, at) => {
    bytes += data.length
    return at >= mostTogether || (at > 0 && bytes > mostBytesTogether)
  })
  return waiting.splice(0, over === -1 ? waiting.length : over)
}

const cameAgain = (message: JsMsg) => message.info.deliveryCount > 1

function readReceivedEvent(event: EventContract, message: JsMsg): ReceivedEvent {
  return {
    name: event.name,
    body: message.json(),
    context: {
      eventId: message.headers?.get('Nats-Msg-Id') ?? '',
      call: readContext(message.headers),
      causationId: readCausation(message.headers),
      deliveries: message.info.deliveryCount,
    },
  }
}
