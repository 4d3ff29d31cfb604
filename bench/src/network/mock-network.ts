import { createServer, type Socket } from 'node:net'
import { answerQuestions } from '../sides/answer-questions.ts'
import { Arrivals } from './arrivals.ts'
import type { NetworkQuestion } from './network.ts'
import { takeRequest } from './take-request.ts'

/**
 * As much of the sandbox network's API as publishing a text needs, on a bare TCP server, so that the network costs as
 * little as possible of the cores that it shares with what is measured.
 */
let delayMs = 0
const arrivals = new Arrivals()

const server = createServer((socket) => {
  socket.setNoDelay(true).on('error', () => socket.destroy())
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (data) => {
    rest = rest.length ? Buffer.concat([rest, data]) : data
    for (let taken = takeRequest(rest); taken; taken = takeRequest(rest)) {
      rest = rest.subarray(taken.length)
      respond(socket, taken.head, taken.body)
    }
  })
})

function respond(socket: Socket, head: string, body: string): void {
  if (head.startsWith('POST /posts')) {
    const { text } = JSON.parse(body) as { text: string }
    const id = arrivals.note(text, Date.now())
    const reply = written('201 Created', postOf(id, text))
    if (delayMs === 0) socket.write(reply)
    else setTimeout(() => socket.writable && socket.write(reply), delayMs)
    return
  }
  const handle = /authorization: Bearer (\S+)/i.exec(head)?.[1] ?? 'nobody'
  const account = { handle, name: handle, keyed: 'key', expiresAt: null }
  socket.write(
    head.startsWith('GET /me') ? written('200 OK', account) : written('200 OK', { items: [] }),
  )
}

const author = { handle: 'bench', name: 'bench' }
const createdAt = new Date().toISOString()
const postOf = (id: string, text: string) => ({
  id,
  text,
  author,
  media: [],
  parent: null,
  root: id,
  createdAt,
})

function written(status: string, value: object): string {
  const json = JSON.stringify(value)
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`
}

server.listen(Number(process.env.NETWORK_PORT), '127.0.0.1', 4096, () =>
  answerQuestions((question: NetworkQuestion) => {
    if (question.kind === 'begin') {
      delayMs = question.delayMs
      arrivals.clear()
    }
    return arrivals.report()
  }),
)
