import type { Draw } from '../drawing/draw.ts'
import type { Exchange, Finding } from '../oracles/oracle.ts'
import type { Violation } from '../report/violation.ts'
import { violationOf } from '../run/judge.ts'
import { idsIn } from '../world/ids.ts'
import { addKey } from '../world/make-callers.ts'
import type { World } from '../world/world.ts'
import { AllIsLogged } from './all-is-logged.ts'
import { feedEqualsAudit, newestEntry, readLog } from './feed-and-audit.ts'
import { feedEnds } from './feed-ends.ts'
import { FeedListener } from './feed-listener.ts'
import { ForeignIds, foreignOf } from './foreign-ids.ts'

/** The end of a feed is tried beside one of so many requests. */
const endsEvery = 200

/** What is watched while a lane runs, and judged once it is through. */
export class Watch {
  readonly #world: World
  readonly #owner: FeedListener
  readonly #kept: readonly FeedListener[]
  readonly #since: string
  readonly #foreign = new ForeignIds()
  readonly #logged = new AllIsLogged()
  #trying = 0
  readonly #endings: Promise<Finding[]>[] = []

  private constructor(
    world: World,
    owner: FeedListener,
    kept: readonly FeedListener[],
    since: string,
  ) {
    this.#world = world
    this.#owner = owner
    this.#kept = kept
    this.#since = since
  }

  static async begin(world: World): Promise<Watch> {
    const { url } = world.access
    // With keys of their own: how many streams a caller may have is bounded.
    const listen = async (name: string, channelIds: readonly string[] | null) =>
      FeedListener.follow(url, await addKey(world.access, world.owner, name, channelIds))
    const owner = await listen('listener', null)
    const since = await newestEntry(world)
    const kept = [await listen('listener kept to a channel', [world.visibleChannelId])]
    return new Watch(world, owner, kept, since)
  }

  note(exchange: Exchange): void {
    this.#foreign.note(exchange)
    this.#logged.note(exchange)
  }

  /** Beside some requests, somebody stops being allowed to listen. */
  sometimes(draw: Draw, number: number): void {
    if (!draw.chance(1 / endsEvery)) return
    this.#trying++
    const trying = feedEnds(this.#world, draw, number).catch((error: Error): Finding[] => [
      { oracle: 'feed', what: `could not be tried: ${error.message.slice(0, 80)}` },
    ])
    this.#endings.push(trying.finally(() => this.#trying--))
  }

  /** Whether somebody is added or changed beside the requests. */
  get isTrying(): boolean {
    return this.#trying > 0
  }

  async end(): Promise<Violation[]> {
    const endings = (await Promise.all(this.#endings)).flat()
    const feed = await feedEqualsAudit(this.#world, this.#owner, this.#since)
    const heard = this.#kept.flatMap((listener) => this.#heardBy(listener))
    const log = await readLog(this.#world, this.#since)
    const told = [...this.#foreign.findings(this.#world), ...this.#logged.findings(log)]
    return [
      ...told.map(({ exchange, found }) => violationOf(exchange, found)),
      ...[...endings, ...feed].map((found) => this.#violation(found, this.#owner)),
      ...heard,
    ]
  }

  close(): void {
    this.#owner.close()
    for (const listener of this.#kept) listener.close()
  }

  #heardBy(listener: FeedListener): Violation[] {
    return listener.events.flatMap(({ type, text }) =>
      foreignOf(this.#world, listener.caller, this.#unnamed(listener, text)).map((what) =>
        this.#violation({ oracle: 'rights', what: `${what}, in ${type}`, detail: text }, listener),
      ),
    )
  }

  #unnamed({ caller }: FeedListener, text: string): string[] {
    return idsIn(text).filter((id) => !this.#foreign.wasNamed(this.#world, caller, id))
  }

  #violation(found: Finding, { caller }: FeedListener): Violation {
    const { url } = this.#world.access
    return {
      ...found,
      operation: 'streamEvents',
      caller: caller.name,
      number: -1,
      curl: `curl -N ${url}/v1/events`,
      answered: 'the live feed, or none of it',
      twists: [],
    }
  }
}
