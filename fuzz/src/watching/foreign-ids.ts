import type { Exchange, Finding } from '../oracles/oracle.ts'
import { finding } from '../oracles/oracle.ts'
import { isAccepted } from '../sending/http.ts'
import type { Caller } from '../world/caller.ts'
import { idsIn, prefixOf } from '../world/ids.ts'
import type { World } from '../world/world.ts'

const names: Readonly<Record<string, string>> = {
  ch: 'a channel',
  post: 'a post',
  pub: 'a publication',
  conv: 'a conversation',
  msg: 'a message',
  hold: 'a hold',
  key: 'a key',
  att: 'an attempt',
  ws: 'a workspace',
  mem: 'a member',
  aud: 'an audit entry',
  ast: 'an asset',
}

/** Operations that give rights; whether they are allowed depends on the rights of the caller. */
const gifts = ['addMember', 'editMember', 'createApiKey']

/**
 * Records which ids were told to whom, and judges only at the end which of them were foreign: that a thing concerns
 * hidden channels alone may become known after its id was told.
 */
export class ForeignIds {
  readonly #told: { exchange: Exchange; ids: string[] }[] = []
  readonly #done: { exchange: Exchange; ids: string[] }[] = []
  readonly #named = { ours: new Set<string>(), other: new Set<string>(), none: new Set<string>() }

  note(exchange: Exchange): void {
    const { answer, request, draft } = exchange
    if (draft.caller.workspace === 'none' || answer.status === 0) return
    const named = idsIn(`${request.path} ${String(request.body ?? '')}`)
    const isGift = gifts.includes(draft.operation.id)
    if (isAccepted(answer) && request.method !== 'GET' && !isGift)
      this.#done.push({ exchange, ids: named })
    // An id that the request names may be repeated in its answer.
    const own = new Set(named)
    for (const id of own) this.#named[draft.caller.workspace].add(id)
    const ids = idsIn(answer.text).filter((id) => !own.has(id))
    if (ids.length > 0) this.#told.push({ exchange, ids })
  }

  findings(world: World): { exchange: Exchange; found: Finding }[] {
    return [...this.#acts(world), ...this.#tells(world)]
  }

  /** Nobody may change a thing that is hidden from them, either. */
  #acts(world: World): { exchange: Exchange; found: Finding }[] {
    return this.#done.flatMap(({ exchange, ids }) => {
      const { caller } = exchange.draft
      const isKept = caller.workspace === 'ours' && caller.channelIds !== null
      const hidden = isKept ? ids.filter((id) => world.visibility.isHidden(id)) : []
      return hidden.length > 0
        ? [{ exchange, found: finding('rights', 'acts on what is hidden from who asks') }]
        : []
    })
  }

  #tells(world: World): { exchange: Exchange; found: Finding }[] {
    return this.#told.flatMap(({ exchange, ids }) => {
      const { caller } = exchange.draft
      const heard = ids.filter((id) => !this.wasNamed(world, caller, id))
      return foreignOf(world, caller, heard).map((what) => ({
        exchange,
        found: finding('rights', what),
      }))
    })
  }

  /** Whether somebody of the workspace sent the id themselves: it may then be shown there, as nobody else told it. */
  wasNamed({ foreign }: World, { workspace }: Caller, id: string): boolean {
    const isOurs = !foreign.all(prefixOf(id)).includes(id)
    return (workspace === 'ours') !== isOurs && this.#named[workspace].has(id)
  }
}

/** Which kinds of foreign things these ids would tell a caller of, in words. */
export function foreignOf(world: World, caller: Caller, ids: readonly string[]): string[] {
  const foreign = ids.filter((id) => isForeign(world, caller, id))
  const from = caller.channelIds ? 'hidden channels or another workspace' : 'another workspace'
  const kinds = new Set(foreign.map((id) => names[prefixOf(id)] ?? 'a thing'))
  return [...kinds].map((kind) => `tells of ${kind} of ${from}`)
}

function isForeign({ visibility, ours, foreign }: World, caller: Caller, id: string): boolean {
  const prefix = prefixOf(id)
  if (prefix === 'usr') return false
  const isTheirs = foreign.all(prefix).includes(id)
  if (caller.workspace === 'other') return !isTheirs && ours.all(prefix).includes(id)
  if (isTheirs) return true
  return caller.channelIds !== null && visibility.isHidden(id)
}
