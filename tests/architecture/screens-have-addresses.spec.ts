import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { root } from './source-files.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')

it('the gateway serves the page at the address of every screen of the router, and of no other', () => {
  const routes = [...read('apps/web/src/app/router.tsx').matchAll(/\bpath: '(\/[^']*)'/g)]
    .map(([, path = '']) => path.replaceAll('$', ':'))
    // The first is what index.html answers by itself; the other exists in development alone.
    .filter((path) => path !== '/' && path !== '/kit')
  const [, list = ''] =
    /const screens = \[([^\]]*)\]/.exec(read('apps/gateway/src/web/serve-web-app.ts')) ?? []
  const served = [...list.matchAll(/'([^']+)'/g)].map(([, path]) => path)
  expect(routes.length).toBeGreaterThan(5)
  expect(served.toSorted()).toEqual(routes.toSorted())
})
