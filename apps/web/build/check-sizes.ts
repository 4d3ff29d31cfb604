/** Fails when what a browser has to load has grown beyond its budget; sizes are gzip. */
import { globSync, readFileSync } from 'node:fs'
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

/** kB of JavaScript that every page needs, with the words of the language that is read. */
const shellBudget = 130
/** kB beyond the shell, by screen; what is not named may take `others`. */
const budgets: Record<string, number> = {
  'calendar-screen': 30,
  'compose-screen': 80,
  'edit-screen': 80,
  'conversations-screen': 60,
  // It searches the words of both languages.
  commands: 80,
  'start-holder': 2,
  'feed-worker': 2,
}
const others = 78

const kB = (file: string) => gzipSync(readFileSync(join(dist, file))).byteLength / 1000

/** A chunk and all that it needs before it can run. */
function chunksOf(key: string, known = new Set<Chunk>()): Set<Chunk> {
  const chunk = manifest[key]
  if (!chunk || known.has(chunk)) return known
  known.add(chunk)
  for (const next of chunk.imports ?? []) chunksOf(next, known)
  return known
}

const sizeOf = (chunks: Iterable<Chunk>) => [...chunks].reduce((sum, { file }) => sum + kB(file), 0)

const [entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry) ?? []
if (!entry) throw new Error('the manifest has no entry')
const shell = chunksOf(entry)
const later = [...shell].flatMap(({ dynamicImports }) => dynamicImports ?? [])
const isWords = (key: string) => key.includes('/words/')
const words = Math.max(...later.filter(isWords).map((key) => sizeOf(chunksOf(key))))
const rows = [{ name: 'shell', size: sizeOf(shell) + words, budget: shellBudget }]
for (const key of later.filter((key) => !isWords(key))) {
  const name = key.replace(/.*\/(.*)\.tsx?$/, '$1')
  const own = [...chunksOf(key)].filter((chunk) => !shell.has(chunk))
  rows.push({ name, size: sizeOf(own), budget: budgets[name] ?? others })
}
// A worker stands in no manifest: it is a program of its own.
for (const file of globSync('assets/feed-worker-*.js', { cwd: dist })) {
  rows.push({ name: 'feed-worker', size: kB(file), budget: budgets['feed-worker'] ?? others })
}
if (!(words > 0) || rows.length < 2) throw new Error('the manifest has no words, or no screens')
for (const { name, size, budget } of rows) {
  const isOver = size > budget
  console.log(`${isOver ? '✗' : '✓'} ${name}: ${size.toFixed(1)} kB of ${budget}`)
  if (isOver) process.exitCode = 1
}
