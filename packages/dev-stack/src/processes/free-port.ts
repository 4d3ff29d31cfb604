import { createServer } from 'node:net'

/** Below the ephemeral ports, so that no outgoing connection takes a port between two starts. */
const range = { from: 20_000, to: 32_000 }
const handedOut = new Set<number>()

/** A port nobody listens on, never the same twice in one process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = range.from + Math.floor(Math.random() * (range.to - range.from))
    if (handedOut.has(port) || !(await isPortFree(port))) continue
    handedOut.add(port)
    return port
  }
}

/** Whether both the loopback address and all addresses can be bound. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await canBind(port, '127.0.0.1')) && (await canBind(port, undefined))
}

function canBind(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, ...(host ? { host } : {}), exclusive: true }, () =>
      server.close(() => resolve(true)),
    )
  })
}
