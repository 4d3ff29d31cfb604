import { connect } from 'node:net'
import { answerQuestions } from './answer-questions.ts'

/** Sends one request again and again on each connection, by bare sockets, to leave the core to what is measured. */
export interface LoadQuestion {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly forMs: number
}

export interface LoadAnswer {
  readonly perSecond: number
}

answerQuestions(async ({ url, headers, connections, forMs }: LoadQuestion): Promise<LoadAnswer> => {
  const { hostname, port, pathname, search } = new URL(url)
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map((pair) =>
    pair.join(': '),
  )
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const until = performance.now() + forMs
  let answered = 0
  const loop = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(request))
      let missing = 0
      socket.setNoDelay(true).on('error', reject)
      socket.on('data', (data) => {
        missing = missing > 0 ? missing - data.length : missingAfter(data, reject)
        if (missing > 0) return
        answered++
        if (performance.now() < until) socket.write(request)
        else {
          socket.destroy()
          resolve()
        }
      })
    })
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, loop))
  return { perSecond: answered / ((performance.now() - begun) / 1000) }
})

/** How many bytes of the answer are still to come. */
function missingAfter(data: Buffer, reject: (error: Error) => void): number {
  const headEnd = data.indexOf('\r\n\r\n')
  const head = data.toString('latin1', 0, headEnd)
  if (!head.startsWith('HTTP/1.1 200')) reject(new Error(data.toString('utf8', 0, 300)))
  return headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) - data.length
}
