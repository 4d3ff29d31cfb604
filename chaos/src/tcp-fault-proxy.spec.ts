import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { TcpFaultProxy } from './tcp-fault-proxy.ts'

let echo: Server
let heard: string
let proxy: TcpFaultProxy
let clients: Socket[]

beforeEach(async () => {
  heard = ''
  clients = []
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      heard += data
      socket.write(data)
    })
    socket.on('end', () => socket.end('bye'))
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await TcpFaultProxy.to((echo.address() as AddressInfo).port)
})

afterEach(async () => {
  for (const client of clients) client.destroy()
  await proxy.close()
  echo.close()
})

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  clients.push(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function say(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  return String((await once(socket, 'data'))[0])
}

it('passes everything on, unharmed and to the end', async () => {
  const socket = await client()
  expect(await say(socket, 'salam')).toBe('salam')
  socket.end()
  expect(String((await once(socket, 'data'))[0])).toBe('bye')
})

it('carries a megabyte through in order', async () => {
  const socket = await client()
  const sent = Buffer.alloc(1 << 20, 'abcdefgh')
  const chunks: Buffer[] = []
  socket.on('data', (data) => chunks.push(data))
  socket.write(sent)
  while (Buffer.concat(chunks).length < sent.length) await once(socket, 'data')
  expect(Buffer.concat(chunks).equals(sent)).toBe(true)
})

it('resets the connections that it cuts', async () => {
  const socket = await client()
  await say(socket, 'salam')
  const ended = new Promise((resolve) => socket.once('close', resolve))
  expect(proxy.cut()).toBe(1)
  await ended
  expect(await say(await client(), 'again')).toBe('again')
})

it('makes what it delays late, each way, and keeps the order', async () => {
  const socket = await client()
  proxy.delay(60)
  const begunAt = performance.now()
  expect(await say(socket, 'slow')).toBe('slow')
  // A timer counts whole milliseconds: each of the two may be early by less than one.
  expect(performance.now() - begunAt).toBeGreaterThan(118)
  proxy.delay(0)
  expect(await say(socket, 'quick')).toBe('quick')
  expect(heard).toBe('slowquick')
})

it('lets nothing pass while it holds, and everything after', async () => {
  const socket = await client()
  await say(socket, 'before')
  proxy.hold()
  const answer = say(socket, 'held')
  // A second connection gets no answer either, though it is made.
  const other = await client()
  const otherAnswer = say(other, 'held')
  expect(proxy.connections).toBe(2)
  expect(heard).toBe('before')
  proxy.release()
  expect(await Promise.all([answer, otherAnswer])).toEqual(['held', 'held'])
})

it('loses what it held for a client that gave up', async () => {
  const socket = await client()
  await say(socket, 'before')
  proxy.hold()
  socket.write('lost')
  socket.destroy()
  await until(() => proxy.connections === 0)
  const other = await client()
  const answer = say(other, 'after')
  proxy.release()
  expect(await answer).toBe('after')
  expect(heard).toBe('beforeafter')
})

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000
  while (!isSo() && performance.now() < deadline) await new Promise(setImmediate)
  expect(isSo()).toBe(true)
}
