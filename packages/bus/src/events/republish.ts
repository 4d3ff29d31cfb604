import type { StreamInfo } from '@nats-io/jetstream'
import type { Logger } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { StreamPosition } from './stream-position.entity.ts'

/** Sets `bytes` of older rows that lack it (0), as large events have a line of their own. */
const inLine = `relayed_at = null, stream_seq = null,
  bytes = case bytes when 0 then octet_length(body::text) else bytes end`

/**
 * Puts events that the stream has lost back into the line: those after its last message, or all if the stream was
 * created again. Consumers skip events they have handled.
 */
export async function republish(
  manager: EntityManager,
  info: StreamInfo,
  logger: Logger,
): Promise<void> {
  const stream = info.config.name
  const known = await manager.findOneBy(StreamPosition, { stream })
  if (known?.createdAt === info.created) {
    const fed = await manager.query<{ count: string }[]>(
      `with lost as (
         update outbox set ${inLine} where stream_seq > $1 returning 1)
       select count(*) from lost`,
      [info.state.last_seq],
    )
    if (Number(fed[0]?.count) > 0) logger.warn(`${stream} lost its end: feeding ${fed[0]?.count}`)
    return
  }
  if (known) {
    logger.warn(`${stream} was made anew: feeding it from the outbox`)
    await manager.query(`update outbox set ${inLine} where relayed_at is not null`)
  }
  await manager.upsert(StreamPosition, { stream, createdAt: info.created }, ['stream'])
}
