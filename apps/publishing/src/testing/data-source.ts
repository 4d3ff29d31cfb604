import { dataSourceOptions as optionsOf } from '@hamava/service-kit'
import { database } from '../database/database.ts'

/** The service's database as the service opens it, for specs that need no more than that. */
export const dataSourceOptions = (url: string) => optionsOf(url, database, 10)
