import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createOutbound, isPublicAddress } from './outbound.ts'

describe('the way out', () => {
  let server: Server
  let origin: string

  beforeAll(async () => {
    server = createServer((_request, response) => response.end('hello'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })

  afterAll(() => new Promise((resolve) => server.close(resolve)))

  const refusal = (url: string, allowed: string[] = []) =>
    createOutbound(allowed)({ method: 'GET', url, headers: {} }).then(
      () => 'answered',
      (error: Error & { code?: string }) => error.code,
    )

  it('reaches an origin that is allowed by name, and not its neighbour', async () => {
    expect(await refusal(origin, [origin])).toBe('answered')
    expect(await refusal(origin.replace('127.0.0.1', 'localhost'), [origin])).toBe(
      'EOUTBOUNDREFUSED',
    )
  })

  it.each([
    ['plain http', 'http://example.org/'],
    ['this machine', 'https://127.0.0.1/'],
    ['this machine by IPv6', 'https://[::1]/'],
    ['this machine by an IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['this machine by its name', 'https://localhost/'],
    ['a private network', 'https://10.0.0.1/'],
    ['the cloud’s metadata', 'https://169.254.169.254/'],
    ['a number that is an address', 'https://2130706433/'],
    ['this machine by an IPv4 in IPv6 of old', 'https://[::7f00:1]/'],
    ['any other port of a public host', 'https://example.org:8443/'],
  ])('refuses %s', async (_name, url) => {
    expect(await refusal(url)).toBe('EOUTBOUNDREFUSED')
  })

  it.each([
    ['93.184.215.14', true],
    ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', true],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['fd00::1', false],
    ['0.0.0.0', false],
    ['::7f00:1', false],
    ['::127.0.0.1', false],
    ['::8.8.8.8', false],
  ])('knows whether %s is public', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic)
  })
})
