import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, it } from '@jest/globals'
import { freePort, isPortFree } from './free-port.ts'

it('never hands out one port twice', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()))
  expect(new Set(ports).size).toBe(20)
})

it('keeps the preferred port while it is free, and takes another when it is not', async () => {
  const preferred = await freePort()
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const taken = typeof address === 'object' && address ? address.port : 0
  expect(await isPortFree(taken)).toBe(false)
  expect(await freePort(taken)).not.toBe(taken)
  squatter.close()
  expect(await isPortFree(preferred)).toBe(true)
})
