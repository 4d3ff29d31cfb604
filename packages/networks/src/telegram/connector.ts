import type { Connector } from '../connector.ts'
import { connect } from './connect.ts'
import type { Credentials } from './credentials.ts'
import { manifest } from './index.ts'
import { listen } from './listen.ts'
import { measure } from './measure.ts'
import { publish } from './publish.ts'
import type { Settings } from './settings.ts'

export const telegram: Connector<Credentials, Settings> = {
  manifest,
  connect,
  publish,
  listen,
  measure,
}
