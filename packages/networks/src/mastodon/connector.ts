import type { Connector } from '../connector.ts'
import { connect } from './connect.ts'
import type { MastodonCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { listen } from './listen.ts'
import { measure } from './measure.ts'
import { publish } from './publish.ts'
import type { MastodonSettings } from './settings.ts'

export const mastodon: Connector<MastodonCredentials, MastodonSettings> = {
  manifest,
  connect,
  publish,
  listen,
  measure,
}
