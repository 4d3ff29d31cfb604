import type { EventEmitter } from 'node:events'
import type { DataSource } from 'typeorm'

/**
 * A connection that PostgreSQL cuts tells so to its listeners, and without one the process ends. Neither
 * the pool nor TypeORM listens to a connection that is on its way out; who used it hears of it anyway.
 */
export function ignoreIdleConnectionErrors(dataSource: DataSource): void {
  const known = new WeakSet<EventEmitter>()
  const { master: pool } = dataSource.driver as unknown as { master: EventEmitter }
  pool.on('acquire', (client: EventEmitter) => {
    if (known.has(client)) return
    known.add(client)
    client.on('error', () => undefined)
  })
}
