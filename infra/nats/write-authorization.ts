import { writeFileSync } from 'node:fs'
import { authorizationConf } from './permissions.ts'

/** Run it after a change of the permissions: `node infra/nats/write-authorization.ts`. */
writeFileSync(new URL('authorization.conf', import.meta.url), authorizationConf())
