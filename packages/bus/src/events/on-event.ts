import type { BodyOf, EventContract } from '@hamava/contracts'
import { Ctx, EventPattern, Payload } from '@nestjs/microservices'
import type { Delivery, EventContext } from './event-context.ts'

/** Names our transport, so that Nest binds these handlers to it and to no other. */
export const jetStreamTransport = Symbol('hamava-jetstream')

/**
 * Makes a method the handler of an event. It runs inside `event.tx`; when it throws, nothing of it
 * stays and the event comes again later.
 */
export function OnEvent<E extends EventContract>(contract: E) {
  return <H extends (body: BodyOf<E>, event: EventContext) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ): void => {
    const method = descriptor.value
    if (!method) throw new Error(`@OnEvent(${contract.name}) must stand on a method`)
    const handle = async function (this: unknown, data: unknown, delivery: Delivery) {
      try {
        await method.call(this, contract.schema.parse(data) as BodyOf<E>, delivery)
      } catch (error) {
        // Nest would replace the error by a generic one; the transport needs the real cause.
        delivery.failure = error
      }
    }
    descriptor.value = handle as unknown as H
    Payload()(target, key, 0)
    Ctx()(target, key, 1)
    const bind: MethodDecorator = EventPattern(contract.name, jetStreamTransport) as MethodDecorator
    bind(target, key, descriptor)
  }
}
