import type { Connector } from '../connector.ts'
import { connect } from './connect.ts'
import type { SandboxCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { listen } from './listen.ts'
import { measure } from './measure.ts'
import { publish } from './publish.ts'
import type { SandboxSettings } from './settings.ts'

export const sandbox: Connector<SandboxCredentials, SandboxSettings> = {
  manifest,
  connect,
  publish,
  listen,
  measure,
}
