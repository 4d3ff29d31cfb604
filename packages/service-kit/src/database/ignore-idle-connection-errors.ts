import type { EventEmitter } from 'node:events'
import type { DataSource } from 'typeorm'

/**
 * A connection that PostgreSQL cuts emits `error`, and without a listener the process ends. Neither the pool nor TypeORM
 * listens to a connection that is being released; its user gets the error anyway.
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
