import { commonConfig, readConfig } from '@hamava/service-kit'
import type { z } from 'zod'

export type Config = z.output<typeof commonConfig>

export const loadConfig = (): Config => readConfig(commonConfig, process.env)
export const loadMigrationConfig = () =>
  readConfig(commonConfig.pick({ DATABASE_URL: true }), process.env)
