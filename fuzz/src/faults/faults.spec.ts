import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import { describe, expect, it } from '@jest/globals'
import { parseSync } from '@swc/core'
import { faults } from './index.ts'

const areas = [
  'rights',
  'conditional requests',
  'schemas',
  'idempotency',
  'cursors',
  'feed',
  'limits',
  'problem bodies',
]

describe('the faults', () => {
  it('are forty or more, three in each area at least, and each has a name of its own', () => {
    expect(faults.length).toBeGreaterThanOrEqual(40)
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
    for (const area of areas) {
      expect([area, faults.filter((one) => one.area === area).length >= 3]).toEqual([area, true])
    }
  })

  it.each(faults)('$id stands once in its file, which still is TypeScript with it', (fault) => {
    const source = readFileSync(join(repositoryRoot, fault.file), 'utf8')
    expect(source.split(fault.find)).toHaveLength(2)
    const patched = source.replace(fault.find, () => fault.replace)
    expect(() => parseSync(patched, { syntax: 'typescript', decorators: true })).not.toThrow()
  })
})
