import { runMigrations } from '@hamava/service-kit'
import { loadMigrationConfig } from './config.ts'
import { database } from './database/database.ts'

await runMigrations('gateway', loadMigrationConfig().DATABASE_URL, database)
