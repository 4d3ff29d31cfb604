import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { screenAt, screens } from './nav-items.ts'

const router = readFileSync(join(import.meta.dirname, 'router.tsx'), 'utf8')
const routes = [...router.matchAll(/\bpath: '(\/[^']*)'/g)].map(([, path = '']) => path)

describe('screenAt', () => {
  it('knows every route of the router, but the login, and no other', () => {
    expect(routes.length).toBeGreaterThan(10)
    expect(screens.map(({ to }) => to as string).toSorted()).toEqual(
      routes.filter((path) => path !== '/login').toSorted(),
    )
  })

  it('lets nobody in at an address that is not declared', () => {
    expect(screenAt('/reports')).toBeUndefined()
    expect(screenAt('/posts')).toBeUndefined()
    expect(screenAt('/posts/post_1/history')).toBeUndefined()
    expect(screenAt('/channels/connect/elsewhere')).toBeUndefined()
  })

  it('tells a screen from the one that it was come to from', () => {
    expect(screenAt('/channels')?.needs).toBe('channels:read')
    expect(screenAt('/channels/connect')?.needs).toBe('channels:write')
    expect(screenAt('/posts/post_1')?.title).toBe('compose.edit')
    expect(screenAt('/calendar/')?.title).toBe('nav.calendar')
  })
})
