/** Writes every file that shrinks a second and third time, so that the gateway never compresses anything twice. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const dist = join(import.meta.dirname, '../dist')
for (const file of globSync('**/*.{js,css,html,svg}', { cwd: dist })) {
  const path = join(dist, file)
  const content = readFileSync(path)
  writeFileSync(`${path}.br`, brotliCompressSync(content))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
}
