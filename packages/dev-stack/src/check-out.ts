import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from './stack-options.ts'

const run = promisify(execFile)

export interface CheckedOut {
  /** Short, as it is printed. */
  readonly commit: string
  readonly folder: string
}

/**
 * Checks a commit out into a clone of its own; callers install and build it there. The clone stays for the next run
 * with the same commit.
 */
export async function checkOut(name: string, parent = '.hamava/commits'): Promise<CheckedOut> {
  const id = await git(
    repositoryRoot,
    'rev-parse',
    '--verify',
    '--quiet',
    `${name}^{commit}`,
  ).catch(() => {
    throw new Error(`${name} is no commit of this repository.`)
  })
  const commit = id.slice(0, 12)
  const folder = join(repositoryRoot, parent, commit)
  if (!existsSync(folder)) {
    // One that was broken off never gets the final name.
    const half = `${folder}.half`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(dirname(half), { recursive: true })
    await git(repositoryRoot, 'clone', '--quiet', '--no-checkout', repositoryRoot, half)
    await git(half, 'checkout', '--quiet', '--detach', id)
    renameSync(half, folder)
  }
  return { commit, folder }
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', folder, ...args])
  return stdout.trim()
}
