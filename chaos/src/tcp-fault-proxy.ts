import { connect, createServer, type Server, type Socket } from 'node:net'

interface Pair {
  readonly near: Socket
  readonly far: Socket
}

/**
 * A proxy between services and a server that makes a bad network: connections are reset, their data comes late, or
 * nothing passes although they stay open.
 */
export class TcpFaultProxy {
  readonly #pairs = new Set<Pair>()
  readonly #server: Server
  #delayMs = 0
  #release: (() => void) | null = null
  #held: Promise<void> | null = null

  private constructor(targetPort: number) {
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, (near) =>
      this.#take(near, targetPort),
    )
  }

  static async to(targetPort: number): Promise<TcpFaultProxy> {
    const proxy = new TcpFaultProxy(targetPort)
    await new Promise<void>((resolve, reject) => {
      proxy.#server.once('error', reject)
      proxy.#server.listen(0, '127.0.0.1', resolve)
    })
    return proxy
  }

  get port(): number {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed')
    return address.port
  }

  get connections(): number {
    return this.#pairs.size
  }

  /** Resets the connections for which `meets` is true; returns how many. Data under way is lost. */
  cut(meets: () => boolean = () => true): number {
    const cut = [...this.#pairs].filter(meets)
    for (const pair of cut) end(pair)
    return cut.length
  }

  /** Delays all data by `ms` from now on; 0 ends the delay. */
  delay(ms: number): void {
    this.#delayMs = ms
  }

  /** Lets no data pass, both ways, until released. Data of connections that end meanwhile is lost. */
  hold(): void {
    this.#held ??= new Promise((resolve) => {
      this.#release = resolve
    })
  }

  release(): void {
    this.#release?.()
    this.#held = null
    this.#release = null
  }

  async close(): Promise<void> {
    this.release()
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #take(near: Socket, targetPort: number): void {
    const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    const pair = { near, far }
    this.#pairs.add(pair)
    this.#carry(near, far)
    this.#carry(far, near)
    for (const socket of [near, far]) {
      socket.on('error', () => end(pair))
      socket.on('close', () => {
        if (near.destroyed && far.destroyed) this.#pairs.delete(pair)
      })
    }
  }

  #carry(from: Socket, to: Socket): void {
    let order: Promise<void> | null = null
    const pass = (data: Buffer) => {
      if (!to.writable || to.write(data)) return
      from.pause()
      to.once('drain', () => from.resume())
    }
    const later = (action: () => void) => {
      const dueAt = performance.now() + this.#delayMs
      const mine = (order ?? Promise.resolve())
        .then(() => this.#held)
        .then(() => pause(dueAt - performance.now()))
        .then(() => {
          if (order === mine) order = null
          if (!to.destroyed) action()
        })
      order = mine
    }
    const isPlain = () => order === null && this.#held === null && this.#delayMs === 0
    from.on('data', (data: Buffer) => (isPlain() ? pass(data) : later(() => pass(data))))
    from.on('end', () => {
      // Whoever gives up while nothing passes is not heard any more.
      if (this.#held !== null) end({ near: from, far: to })
      else if (isPlain()) to.end()
      else later(() => to.end())
    })
  }
}

function end({ near, far }: Pair): void {
  for (const socket of [near, far]) if (!socket.destroyed) socket.resetAndDestroy()
}

const pause = (ms: number) =>
  ms <= 0 ? undefined : new Promise<void>((resolve) => setTimeout(resolve, ms))
