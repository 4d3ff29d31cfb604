/** Fails when what a browser has to load has grown beyond its budget; sizes are gzip. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  dynamicImports?: string[]
  isEntry?: boolean
}

const dist = join(import.meta.dirname, '../dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

/**
 * kB of JavaScript beyond the shell, by screen; what is not named may take `others`. The shell aims at 130:
 * half of it is React.
 */
const budgets: Record<string, number> = {
  'calendar-screen': 30,
  'compose-screen': 65,
  'edit-screen': 65,
}
const others = 78
const shellBudget = 148

const kB = (file: string) => gzipSync(readFileSync(join(dist, file))).byteLength / 1000

/** A chunk and all that it needs before it can run. */
function filesOf(key: string, known = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || known.has(chunk.file)) return known
  known.add(chunk.file)
  for (const next of chunk.imports ?? []) filesOf(next, known)
  return known
}

const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + kB(file), 0)

const [entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? []
if (!entry) throw new Error('the manifest has no entry')
const shell = filesOf(entry)
const rows = [{ name: 'shell', size: sizeOf(shell), budget: shellBudget }]
for (const key of manifest[entry]?.dynamicImports ?? []) {
  const name = key.replace(/.*\/(.*)\.tsx$/, '$1')
  const own = [...filesOf(key)].filter((file) => !shell.has(file))
  rows.push({ name, size: sizeOf(own), budget: budgets[name] ?? others })
}
for (const { name, size, budget } of rows) {
  const isOver = size > budget
  console.log(`${isOver ? '✗' : '✓'} ${name}: ${size.toFixed(1)} kB of ${budget}`)
  if (isOver) process.exitCode = 1
}
