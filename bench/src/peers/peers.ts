import { execFile } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { repositoryRoot } from '@hamava/dev-stack/parts'
import { type Side, type SideOptions, startSide } from '../sides/side.ts'

const source = fileURLToPath(new URL('../../peers', import.meta.url))
const folder = join(repositoryRoot, '.hamava/bench-peers')
let installing: Promise<void> | undefined

/** Starts a program of `bench/peers`, beside what it is measured with: no workspace of ours installs that. */
export async function startPeer(
  name: string,
  options: Omit<SideOptions, 'program'> = {},
): Promise<Side> {
  installing ??= install()
  await installing
  return startSide({ ...options, program: join(folder, `${name}.mjs`) })
}

async function install(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  cpSync(source, folder, { recursive: true })
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  await promisify(execFile)('npm', args, { cwd: folder })
}
