import { createLogger } from '../logger.ts'
import type { DatabaseParts } from './data-source-options.ts'
import { migrate } from './migrate.ts'

/** The body of every service's `migrate.ts`: applies what is missing, or says in one line why not. */
export async function runMigrations(service: string, url: string, parts: DatabaseParts) {
  const logger = createLogger(service, 'info')
  try {
    const applied = await migrate(url, parts)
    logger.info({ applied }, applied.length > 0 ? 'migrated' : 'schema is up to date')
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
