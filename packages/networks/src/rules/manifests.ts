import * as bluesky from '../bluesky/index.ts'
import * as mastodon from '../mastodon/index.ts'
import * as sandbox from '../sandbox/index.ts'
import * as telegram from '../telegram/index.ts'
import type { Manifest, NetworkRules } from './manifest.ts'

/**
 * The facts of every network, without its code, so that a browser can carry them. One line per
 * network, as in `registry.ts`.
 */
const all: readonly NetworkRules[] = [sandbox, bluesky, mastodon, telegram]

export const manifests: readonly Manifest[] = all.map(({ manifest }) => manifest)

const byId = new Map(all.map((rules) => [rules.manifest.id, rules]))

/** A network's facts and settings schema by its id. */
export const networkRules = (id: string): NetworkRules | undefined => byId.get(id)

/** A network's facts by its id. */
export const manifestOf = (id: string): Manifest | undefined => byId.get(id)?.manifest
