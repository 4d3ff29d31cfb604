import type { EventContract, Owner } from '@hamava/contracts'
import type { MessageHandler } from '@nestjs/microservices'

/** Throws, naming what to add or remove, unless every declared event has exactly one handler. */
export function checkHandlers(
  service: Owner,
  declared: EventContract[],
  handlers: Map<string, MessageHandler>,
): void {
  const names = declared.map((event) => event.name)
  const faults = names.flatMap((name) => faultsOf(name, handlers.get(name)))
  for (const name of handlers.keys()) {
    if (!names.includes(name)) {
      faults.push(`it handles ${name} but does not declare it: add the event to "consumes"`)
    }
  }
  if (faults.length > 0) throw new Error(`${service} cannot start:\n  ${faults.join('\n  ')}`)
}

function faultsOf(name: string, handler: MessageHandler | undefined): string[] {
  if (!handler) return [`it declares ${name} but nothing handles it: add a method with @OnEvent`]
  return handler.next ? [`${name} is handled twice: keep one @OnEvent method`] : []
}
