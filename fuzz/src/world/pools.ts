import type { Draw } from '../drawing/draw.ts'
import { idsIn, prefixOf } from './ids.ts'

const most = 40

/** The ids that exist, by their kind; of many, the first and the newest. */
export class Pools {
  readonly #ids = new Map<string, string[]>()

  learn(text: string): void {
    for (const id of idsIn(text)) this.add(id)
  }

  add(id: string): void {
    const known = this.#ids.get(prefixOf(id)) ?? []
    this.#ids.set(prefixOf(id), known)
    if (known.includes(id)) return
    known.push(id)
    if (known.length > most) known.splice(most / 2, 1)
  }

  forget(id: string): void {
    const known = this.#ids.get(prefixOf(id)) ?? []
    const at = known.indexOf(id)
    if (at >= 0) known.splice(at, 1)
  }

  all(prefix: string): readonly string[] {
    return this.#ids.get(prefix) ?? []
  }

  /** Draws from a fixed range, so that the draw does not depend on how many ids there are. */
  pick(draw: Draw, prefix: string): string | undefined {
    const at = draw.whole(0, 2 ** 30)
    const known = this.all(prefix)
    return known[at % Math.max(1, known.length)]
  }
}
