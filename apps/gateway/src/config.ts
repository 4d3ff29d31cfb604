import { commonConfig, readConfig, secretConfig, storageConfig } from '@hamava/service-kit'
import { z } from 'zod'

const schema = commonConfig
  .extend(storageConfig.shape)
  .extend(secretConfig.shape)
  .extend({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
    HOST: z.string().default('127.0.0.1'),
    /** Where people and networks reach us from outside; https makes cookies secure. */
    PUBLIC_URL: z.url(),
    /** The proxies whose `X-Forwarded-For` is trusted: `loopback`, addresses and networks; empty for none. */
    TRUST_PROXY: z.string().default('loopback'),
    /** The built web app. */
    WEB_DIR: z.string().optional(),
    /** Requests per minute and key (or session). */
    RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(3_000),
    /** Live streams at a time: of one session, of one key, of this process. */
    STREAMS_PER_SESSION: z.coerce.number().int().min(1).default(8),
    STREAMS_PER_KEY: z.coerce.number().int().min(1).default(30),
    STREAMS_MAX: z.coerce.number().int().min(1).default(2_000),
    /** The largest file that may be uploaded. */
    MAX_UPLOAD_BYTES: z.coerce
      .number()
      .int()
      .default(512 * 1024 * 1024),
  })

export type Config = z.output<typeof schema>

export const loadConfig = (): Config => readConfig(schema, process.env)
export const loadMigrationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }), process.env)
export const loadSetupConfig = () =>
  readConfig(
    commonConfig.pick({ DATABASE_URL: true }).extend({
      HAMAVA_SETUP_EMAIL: z.email(),
      HAMAVA_SETUP_PASSWORD: z.string().min(10),
      HAMAVA_SETUP_WORKSPACE: z.string().min(1),
    }),
    process.env,
  )
