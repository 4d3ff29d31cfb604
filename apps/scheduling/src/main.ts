import { createLogger, runService } from '@hamava/service-kit'
import { loadConfig } from './config.ts'
import { create } from './service.ts'

const config = loadConfig()
await runService(await create(config), createLogger('scheduling', config.LOG_LEVEL))
