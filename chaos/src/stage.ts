import { setTimeout as pause } from 'node:timers/promises'
import { type Stack, until } from '@hamava/dev-stack'
import { oneOf, type Random } from './random.ts'
import type { TcpFaultProxy } from './tcp-fault-proxy.ts'

/** Everything that a fault can act on. */
export interface Stage {
  readonly stack: Stack
  readonly dataDir: string
  readonly publishers: readonly string[]
  readonly services: readonly string[]
  readonly proxies: Readonly<Record<'postgres' | 'nats' | 'sandbox', TcpFaultProxy>>
  /** How long after a fault the publications that it touched may still be late: the lease, and a moment. */
  readonly afterMs: number
  /** Processes that a fault holds right now. */
  readonly taken: Set<string>
}

export interface TakenProcess {
  readonly name: string
  readonly pid: number
  readonly giveBack: () => void
}

/** Waits until one of these processes runs and takes it, so that no other fault does. */
export async function takeProcess(
  stage: Stage,
  random: Random,
  names: readonly string[],
): Promise<TakenProcess> {
  for (;;) {
    const free = names.flatMap((name) => {
      const pid = stage.taken.has(name) ? undefined : stage.stack.pidOf(name)
      return pid === undefined ? [] : [{ name, pid }]
    })
    if (free.length > 0) {
      const { name, pid } = oneOf(random, free)
      stage.taken.add(name)
      return { name, pid, giveBack: () => stage.taken.delete(name) }
    }
    await pause(20)
  }
}

/** Kill -9, and waits until the process is gone; it is restarted by itself. */
export async function killTaken(stage: Stage, { name, pid }: TakenProcess): Promise<void> {
  stage.stack.kill(name, 'SIGKILL')
  await until(() => (stage.stack.pidOf(name) === pid ? undefined : true), {
    what: `the end of ${name}`,
    timeoutMs: 10_000,
    intervalMs: 2,
  })
}
