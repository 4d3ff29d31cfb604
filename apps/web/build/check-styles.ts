/** Fails on classes and properties that know left from right: half of the readers begin at the other side. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const source = join(import.meta.dirname, '../src')
const sides = ['left', 'right']
const physical = [
  // Classes, also behind variants: `sm:ml-2`.
  /(?<=["'`\s:!])-?(?:ml|mr|pl|pr|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr])|scroll-[mp][lr])-[\w[]/,
  /(?<=["'`\s:!])(?:text|float|clear)-(?:left|right)\b/,
  // Properties of style sheets and of inline styles.
  new RegExp(`(?:margin|padding|border|inset)-(?:${sides.join('|')})\\b`),
  /(?:margin|padding|border|inset)(?:Left|Right)\b/,
  /(?<=[{;,\s])(?:left|right)\s*:/,
  /(?:text-align|textAlign|float|clear)\s*:\s*['"]?(?:left|right)\b/,
]

for (const file of globSync('**/*.{tsx,css}', { cwd: source })) {
  const lines = readFileSync(join(source, file), 'utf8').split('\n')
  lines.forEach((line, at) => {
    const found = physical.map((pattern) => pattern.exec(line)?.[0]).find(Boolean)
    if (!found) return
    console.error(`src/${file}:${at + 1}: ${found.trim()} – use start and end`)
    process.exitCode = 1
  })
}
