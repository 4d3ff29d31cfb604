import { createLogger, dataSourceOptions, SecretBox } from '@hamava/service-kit'
import { DataSource } from 'typeorm'
import { resealCredentials } from './channels/reseal-credentials.ts'
import { loadRotationConfig } from './config.ts'
import { database } from './database/database.ts'

const config = loadRotationConfig()
const logger = createLogger('publishing', 'info')
const secrets = [config.HAMAVA_SECRET_KEY, config.HAMAVA_SECRET_KEY_PREVIOUS]
const box = new SecretBox(secrets.filter((secret) => secret !== undefined))
const dataSource = await new DataSource(
  dataSourceOptions(config.DATABASE_URL, database, 1),
).initialize()
try {
  const count = await resealCredentials(dataSource, box)
  logger.info(
    { count },
    'sealed with the current key; HAMAVA_SECRET_KEY_PREVIOUS is needed no more',
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await dataSource.destroy()
}
