import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { persian } from '../src/language/words/react-aria.fa.ts'

const words = fileURLToPath(new URL('../src/language/words/react-aria.fa.ts', import.meta.url))

/** Where a part of React Aria gathers its texts in all languages. */
const gathered =
  /(react-aria|react-stately|react-aria-components)\/dist\/private\/(?:(\w+)\/)?intlStrings\.mjs$/

const partOf = (id: string): string => gathered.exec(id)?.slice(1).filter(Boolean).join('/') ?? ''

/** Gives React Aria its Persian; fails when something is used that says its texts in English only. */
export const persianStrings = (): Plugin => ({
  name: 'hamava:persian-strings',
  transform: {
    filter: { id: gathered },
    handler(code, id) {
      const [, strings] = /export {(\S+) as default}/.exec(code) ?? []
      if (!strings) this.error(`${id} no longer gathers its texts as it did`)
      const part = JSON.stringify(partOf(id))
      return `import { persian } from ${JSON.stringify(words)};${code}\n;${strings}.fa = persian[${part}];`
    },
  },
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      const used = file.type === 'chunk' ? file.moduleIds.filter((id) => gathered.test(id)) : []
      const silent = used.map(partOf).filter((part) => !(part in persian))
      if (silent.length > 0) this.error(`${silent.join(', ')}: add the Persian texts to ${words}`)
    }
  },
})
