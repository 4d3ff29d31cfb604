import {
  commonConfig,
  outboundConfig,
  readConfig,
  secretConfig,
  storageConfig,
} from '@hamava/service-kit'
import { z } from 'zod'

const schema = commonConfig
  .extend(outboundConfig.shape)
  .extend(secretConfig.shape)
  .extend(storageConfig.shape)
  .extend({
    /** How long a replica may hold a publication before another one looks after it. */
    LEASE_MS: z.coerce.number().int().min(1_000).default(60_000),
    /** How long a request to a network may take; never more than half a lease. */
    REQUEST_TIMEOUT_MS: z.coerce.number().int().min(100).default(30_000),
    /** How long a request without an answer may still be under way at a network, instead of what its connector says. */
    DOUBT_WAIT_MS: z.coerce.number().int().min(0).optional(),
    /** Later than this, a publication is missed instead of published. */
    LATE_MINUTES: z.coerce.number().int().min(1).default(15),
    /** Requests to networks that one replica has under way at a time. */
    CONCURRENCY: z.coerce.number().int().min(1).max(512).default(64),
    /** How long before its due time a publication's media is uploaded to networks that let it wait. */
    PREPARE_AHEAD_MS: z.coerce.number().int().min(0).default(600_000),
    /** A publication on its way for longer is reported: as an event, a log line and a metric. */
    STUCK_AFTER_MS: z.coerce.number().int().min(1_000).default(600_000),
    /** Serve only these networks; all when empty. */
    PUBLISHING_NETWORKS: z
      .string()
      .default('')
      .transform((list) => list.split(',').filter(Boolean)),
  })

export type Config = z.output<typeof schema>

export const loadConfig = (): Config => readConfig(schema, process.env)
export const loadRotationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }).extend(secretConfig.shape), process.env)
export const loadMigrationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }), process.env)
