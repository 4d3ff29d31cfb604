import { commonConfig, outboundConfig, readConfig } from '@hamava/service-kit'
import { z } from 'zod'

const schema = commonConfig.extend(outboundConfig.shape).extend({
  /** Multiplies every interval of the cadence: 0.05 makes a minute three seconds. */
  CADENCE_SCALE: z.coerce.number().positive().max(100).default(1),
})

export type Config = z.output<typeof schema>

export const loadConfig = (): Config => readConfig(schema, process.env)
export const loadMigrationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }), process.env)
