import { bluesky } from './bluesky/connector.ts'
import type { Connector } from './connector.ts'
import { mastodon } from './mastodon/connector.ts'
import { sandbox } from './sandbox/connector.ts'
import { telegram } from './telegram/connector.ts'

/** Every network, one line each; its facts have theirs in `rules/manifests.ts`. */
export const registry: readonly Connector[] = [sandbox, bluesky, mastodon, telegram]

const byId = new Map(registry.map((connector) => [connector.manifest.id, connector]))

/** A network's connector by its id. */
export const connectorOf = (id: string): Connector | undefined => byId.get(id)
