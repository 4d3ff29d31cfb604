import { readFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const builtins = new Set(builtinModules)

/** Every module that a file really imports, with all that those import in turn. */
async function importsOf(file: string, seen = new Map<string, string[]>()) {
  if (seen.has(file)) return seen
  const source = await readFile(file, 'utf8')
  const names = [...source.matchAll(/^(?:import|export) (?!type )[^'"]*?from '([^']+)'/gms)].map(
    ([, name]) => name ?? '',
  )
  seen.set(file, names)
  for (const name of names)
    if (name.startsWith('.')) await importsOf(resolve(dirname(file), name), seen)
  return seen
}

describe('rules', () => {
  it('run in a browser: no Node module, no connector code, nothing but zod and the contracts', async () => {
    const imports = await importsOf(resolve(import.meta.dirname, 'index.ts'))
    const outside = [...imports.values()].flat().filter((name) => !name.startsWith('.'))
    expect(outside.filter((name) => name.startsWith('node:') || builtins.has(name))).toEqual([])
    expect([...new Set(outside)].sort()).toEqual([
      '@hamava/contracts',
      'zod',
      'zod/v4/locales/fa.js',
    ])
    const folders = [...imports.keys()].filter((file) => !file.includes('/rules/'))
    expect(folders.filter((file) => !/\/(index|settings)\.ts$/.test(file))).toEqual([])
  })

  it('use no global that only Node has', async () => {
    const imports = await importsOf(resolve(import.meta.dirname, 'index.ts'))
    for (const file of imports.keys())
      expect(await readFile(file, 'utf8')).not.toMatch(/\b(process|Buffer|__dirname)\b/)
  })
})
