import type { Connector } from '../connector.ts'
import { connect } from './connect.ts'
import type { TelegramCredentials } from './credentials.ts'
import { manifest } from './index.ts'
import { listen } from './listen.ts'
import { measure } from './measure.ts'
import { publish } from './publish.ts'
import type { TelegramSettings } from './settings.ts'

export const telegram: Connector<TelegramCredentials, TelegramSettings> = {
  manifest,
  connect,
  publish,
  listen,
  measure,
}
