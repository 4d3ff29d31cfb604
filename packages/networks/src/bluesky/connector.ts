import type { Connector } from '../connector.ts'
import { connect } from './connect.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { listen } from './listen.ts'
import { measure } from './measure.ts'
import { publish } from './publish.ts'
import type { BlueskySettings } from './settings.ts'

export const bluesky: Connector<BlueskyCredentials, BlueskySettings> = {
  manifest,
  connect,
  publish,
  listen,
  measure,
}
