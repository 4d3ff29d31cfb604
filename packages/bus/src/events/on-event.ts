import type { BodyOf, EventContract } from '@hamava/contracts'
import { Ctx, EventPattern, Payload } from '@nestjs/microservices'
import type { Delivery, EventContext, EventOf, SharedTx, Unparsed } from './event-context.ts'

/** Names our transport, so that Nest binds these handlers to it and to no other. */
export const jetStreamTransport = Symbol('hamava-jetstream')

type One<E extends EventContract> = (body: BodyOf<E>, event: EventContext) => Promise<void>
type Many<E extends EventContract> = (events: EventOf<E>[], tx: SharedTx) => Promise<void>
type Decorator<M> = <H extends M>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void

/**
 * Makes a method the handler of an event. It runs inside `event.tx`; when it throws, the transaction is rolled back and
 * the event is redelivered later.
 */
export function OnEvent<E extends EventContract>(contract: E): Decorator<One<E>> {
  return handling(contract, async (method: One<E>, events) => {
    for (const event of events) await method(event.body, event)
  })
}

/**
 * Makes a method the handler of batches of one event, in order, in one transaction: for events that come in bursts and
 * can be written in one statement. A batch may concern the same row more than once. When the method throws, each event
 * is handled again alone, so that one bad event fails only itself.
 */
export function OnEvents<E extends EventContract>(contract: E): Decorator<Many<E>> {
  return handling(contract, (method: Many<E>, events, tx) => method(events, tx))
}

function handling<E extends EventContract, M extends One<E> | Many<E>>(
  contract: E,
  run: (method: M, events: EventOf<E>[], tx: SharedTx) => Promise<void>,
): Decorator<M> {
  return (target, key, descriptor) => {
    const method = descriptor.value
    if (!method) throw new Error(`the handler of ${contract.name} must be a method`)
    const handle = async function (this: unknown, unparsed: Unparsed[], delivery: Delivery) {
      try {
        const events = unparsed.map((event) => ({
          ...event,
          body: contract.schema.parse(event.body) as BodyOf<E>,
        }))
        await run(method.bind(this) as M, events, delivery.tx)
      } catch (error) {
        // Nest would replace the error by a generic one; the transport needs the real cause.
        delivery.failure = error
      }
    }
    descriptor.value = handle as unknown as typeof method
    Payload()(target, key, 0)
    Ctx()(target, key, 1)
    const bind: MethodDecorator = EventPattern(contract.name, jetStreamTransport) as MethodDecorator
    bind(target, key, descriptor)
  }
}
