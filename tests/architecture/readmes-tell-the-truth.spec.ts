import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { allEvents, owners } from '../../packages/contracts/src/index.ts'
import { root, sourceFiles, withoutComments } from './source-files.ts'

/** The names of the contracts' constants, by the event they stand for. */
const constants = new Map(
  sourceFiles
    .filter((file) => file.home === 'packages/contracts')
    .flatMap((file) =>
      [...file.text.matchAll(/export const (\w+) = event\(\s*'([^']+)'/g)].map(
        (match) => [match[1] ?? '', match[2] ?? ''] as const,
      ),
    ),
)

describe.each(owners)('the README of %s', (service) => {
  const readme = join(root, 'apps', service, 'README.md')
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : ''
  const sources = sourceFiles
    .filter((file) => file.home === `apps/${service}` && !file.isSpec)
    .map(withoutComments)
    .join('\n')

  it('names every event that it emits', () => {
    const emitted = [...sources.matchAll(/tx\.publish\(\s*(\w+)/g)].map((match) =>
      constants.get(match[1] ?? ''),
    )
    expect(emitted.filter((name) => name && !text.includes(name))).toEqual([])
    if (service !== 'gateway') expect(emitted.length).toBeGreaterThan(0)
  })

  it('names every event that it handles, and none that does not exist', () => {
    const handled = [...sources.matchAll(/@OnEvents?\((\w+)\)|event: (\w+),/g)].map((match) =>
      constants.get(match[1] ?? match[2] ?? ''),
    )
    expect(handled.filter((name) => name && !text.includes(name))).toEqual([])
    expect(handled.filter(Boolean).length).toBeGreaterThan(0)
    const named = [...text.matchAll(/`([a-z]+\.[a-z-]+\.[a-z-]+\.v\d+)`/g)].map((match) => match[1])
    const existing = allEvents.map((event) => event.name)
    expect(named.filter((name) => name && !existing.includes(name))).toEqual([])
  })
})
