import { join } from 'node:path'
import { freePort, isPortFree } from '../processes/free-port.ts'
import { readIfThere, writeAtomically } from './write-atomically.ts'

/** Gives each server the port it had last time, so that addresses kept in the database stay true. */
export class KeptPorts {
  readonly #file: string
  readonly #ports: Record<string, number>

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'ports.json')
    this.#ports = JSON.parse(readIfThere(this.#file) ?? '{}')
  }

  async for(name: string): Promise<number> {
    const port = await this.#choose(this.#ports[name])
    this.#ports[name] = port
    writeAtomically(this.#file, `${JSON.stringify(this.#ports, null, 2)}\n`)
    return port
  }

  async #choose(kept: number | undefined): Promise<number> {
    if (kept && (await isPortFree(kept))) return kept
    for (;;) {
      const port = await freePort()
      if (!Object.values(this.#ports).includes(port)) return port
    }
  }
}
