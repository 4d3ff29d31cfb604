import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** One source file of ours: its place in the repository, and what it imports. */
export interface SourceFile {
  path: string
  /** `apps/content`, `packages/bus` … */
  home: string
  isSpec: boolean
  text: string
  imports: string[]
}

const homes = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
)

/** Every TypeScript file of the apps and packages. */
export const sourceFiles: SourceFile[] = homes.flatMap((home) =>
  readdirSync(join(root, home, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => read(home, join(root, home, 'src', file))),
)

function read(home: string, file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  )
  const path = relative(root, file)
  return { path, home, isSpec: /\.spec\.tsx?$|\/testing\//.test(path), text, imports }
}

/** The text without its comments. */
export const withoutComments = ({ text }: SourceFile): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')
