import type { ApiDocument } from '../document/operation.ts'
import type { Validate } from '../document/validator.ts'
import type { Caller } from './caller.ts'
import type { Pools } from './pools.ts'
import type { Standing } from './restore.ts'
import type { Visibility } from './visibility.ts'

/** How to reach a system, and whom we are there. */
export interface Access {
  readonly url: string
  readonly apiKey: string
  /** The owner's; without them there is no second workspace. */
  readonly email?: string | undefined
  readonly password?: string | undefined
  /** Where accounts of the sandbox network are made; without it, the channels that exist are used. */
  readonly sandboxUrl?: string | undefined
}

/** What one lane of a run works on: a workspace of its own, and everything that is in it. */
export interface World {
  readonly access: Access
  readonly lane: number
  readonly document: ApiDocument
  readonly validate: Validate
  /** May do everything here. */
  readonly owner: Caller
  readonly callers: Caller[]
  /** What the members were made as. */
  readonly standings: ReadonlyMap<string, Standing>
  /** What is here. */
  readonly ours: Pools
  /** What is in another workspace. */
  readonly foreign: Pools
  readonly visibleChannelId: string
  readonly visibility: Visibility
  /** Real names, for fields that take them. */
  readonly networks: readonly string[]
  /** Cursors that lists gave, by the operation. */
  readonly cursors: Map<string, string>
  readonly handles: readonly string[]
  /** Makes members, keys and channels that may be thrown away. */
  readonly password: string
}
