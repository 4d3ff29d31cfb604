import { Agent, type IncomingMessage, request as open } from 'node:http'
import { connect } from 'node:net'
import type { Answer, HttpRequest } from './http.ts'

const waitMs = 30_000
/** An endless answer, such as a stream, is cut off after this time. */
const endlessMs = 250
const largeBytes = 1_000_000
const headStartMs = 200
const agent = new Agent({ keepAlive: true, maxSockets: 16 })

/** Sends exactly this request; without an answer, the status is 0 and the text says why. */
export async function send(url: string, request: HttpRequest): Promise<Answer> {
  try {
    return await (request.isBroken ? sendBroken(url, request) : sendWhole(url, request))
  } catch (error) {
    return { status: 0, headers: {}, text: String((error as Error).message), body: undefined }
  }
}

function sendWhole(url: string, { method, path, headers, body }: HttpRequest): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const grouped: Record<string, string[]> = {}
  for (const [name, value] of headers) {
    grouped[name] ??= []
    grouped[name].push(value)
  }
  return new Promise((resolve, reject) => {
    const sent = open({ hostname, port, method, path, headers: grouped, agent, timeout: waitMs })
    let isAnswered = false
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${waitMs / 1_000} s`)))
    sent.on('error', (error) => {
      // The server had just closed the reused connection: it read nothing of the request.
      if (isAnswered) return
      if (sent.reusedSocket && isClosed(error))
        resolve(sendWhole(url, { method, path, headers, body }))
      else reject(error)
    })
    sent.on('response', (response) => {
      isAnswered = true
      read(response).then(resolve, reject)
    })
    if (body !== null) sent.setHeader('content-length', Buffer.byteLength(body))
    if (body === null || body.length < largeBytes) return void sent.end(body ?? undefined)
    // Headers go first, as a server may refuse the length before the whole body is sent.
    sent.flushHeaders()
    setTimeout(() => (isAnswered ? sent.destroy() : sent.end(body)), headStartMs)
  })
}

const isClosed = (error: NodeJS.ErrnoException) =>
  error.code === 'ECONNRESET' || error.code === 'EPIPE'

async function read(response: IncomingMessage): Promise<Answer> {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
  const chunks: Buffer[] = []
  const isEndless = headers['content-type']?.startsWith('text/event-stream')
  const ending = isEndless ? setTimeout(() => response.destroy(), endlessMs) : undefined
  try {
    for await (const chunk of response) chunks.push(chunk as Buffer)
  } catch (error) {
    if (!isEndless) throw error
  } finally {
    clearTimeout(ending)
  }
  return answerOf(response.statusCode ?? 0, headers, Buffer.concat(chunks).toString('utf8'))
}

function sendBroken(url: string, { method, path, headers }: HttpRequest): Promise<Answer> {
  const { hostname, port } = new URL(url)
  const lines = [`${method} ${path} HTTP/1.1`, `host: ${hostname}`, 'transfer-encoding: chunked']
  for (const [name, value] of headers) lines.push(`${name}: ${value}`)
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${lines.join('\r\n')}\r\n\r\nzz\r\n{"text"`)
    })
    socket.setTimeout(waitMs, () => socket.destroy(new Error('a broken body got no answer')))
    socket.on('data', (data) => {
      text += data
    })
    socket.on('error', reject)
    socket.on('close', () => (text ? resolve(parse(text)) : reject(new Error('cut off'))))
  })
}

function parse(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const [name = '', ...value] = line.split(':')
      return [name.toLowerCase(), value.join(':').trim()]
    }),
  )
  return answerOf(Number(first.split(' ')[1] ?? 0), headers, rest.join('\r\n\r\n'))
}

function answerOf(status: number, headers: Answer['headers'], text: string): Answer {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  return { status, headers, text, body }
}
