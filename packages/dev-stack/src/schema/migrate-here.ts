import { type DatabaseParts, migrate } from '@hamava/service-kit'
import { program } from '../service-processes.ts'
import { databaseOwners } from '../services.ts'
import { repositoryRoot } from '../stack-options.ts'

/**
 * Migrates every service, as built, in this process: starting a program for each would take most of the time. Runs
 * dist/, not the sources, as Node does not run the decorators of the entities.
 */
export async function migrateHere(databaseUrl: (service: string) => string): Promise<void> {
  await Promise.all(
    databaseOwners.map(async (service) => {
      await migrate(databaseUrl(service), await databasePartsOf(service))
    }),
  )
}

async function databasePartsOf(service: string): Promise<DatabaseParts> {
  const { database } = await import(program(repositoryRoot, service, 'database/database.js'))
  return database
}
