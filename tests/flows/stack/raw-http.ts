import { connect } from 'node:net'
import { dev } from './api.ts'

/** What a server answered to bytes that no HTTP client would send. */
export interface RawAnswer {
  status: number
  head: string
  body: string
}

/** Sends bytes as they are; the answer is whole when the server closes, or as long as it says. */
export function sendRaw(bytes: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(dev.gatewayUrl)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let text = ''
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no whole answer: ${text}`)))
    socket.on('error', reject)
    socket.on('data', (piece) => {
      text += piece.toString('utf8')
      if (isWhole(text)) socket.end()
    })
    socket.on('close', () => resolve(answerOf(text)))
  })
}

function answerOf(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body }
}

function isWhole(text: string): boolean {
  const { head, body } = answerOf(text)
  const length = /content-length: (\d+)/.exec(head)?.[1]
  return length !== undefined && Buffer.byteLength(body) >= Number(length)
}
