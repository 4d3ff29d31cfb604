import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { KeptPorts } from '../files/ports.ts'
import { freePort, isPortFree } from './free-port.ts'

it('never hands out one port twice', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()))
  expect(new Set(ports).size).toBe(20)
})

it('keeps a server’s port from start to start, unless another program took it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hamava-ports-'))
  const kept = await new KeptPorts(dataDir).for('nats')
  expect(await new KeptPorts(dataDir).for('nats')).toBe(kept)
  const squatter = createServer().listen(kept, '127.0.0.1')
  await once(squatter, 'listening')
  expect(await isPortFree(kept)).toBe(false)
  expect(await new KeptPorts(dataDir).for('nats')).not.toBe(kept)
  squatter.close()
  rmSync(dataDir, { recursive: true })
})
