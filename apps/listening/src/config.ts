import { commonConfig, outboundConfig, readConfig } from '@hamava/service-kit'
import { z } from 'zod'

const schema = commonConfig.extend(outboundConfig.shape).extend({
  /** How often a channel is read. */
  POLL_MS: z.coerce.number().int().min(100).default(15_000),
  /** The gateway's public URL; without it, networks are polled and no webhooks are registered. */
  PUBLIC_URL: z.url().optional(),
})

export type Config = z.output<typeof schema>

export const loadConfig = (): Config => readConfig(schema, process.env)
export const loadMigrationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }), process.env)
