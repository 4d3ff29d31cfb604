import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkOut, runOnce } from '@hamava/dev-stack/parts'

/** A commit in a folder of its own, with its packages installed. */
export async function prepareCommit(name: string, signal?: AbortSignal): Promise<string> {
  const { folder } = await checkOut(name)
  await install(folder, signal)
  return folder
}

/** Installs packages; does nothing where they are installed already. */
export async function install(folder: string, signal?: AbortSignal): Promise<void> {
  if (existsSync(join(folder, '.hamava/installed'))) return
  const script = `(await import('./infra/bootstrap/ensure-installed.mjs')).ensureInstalled()`
  await runOnce('installing', {
    command: process.execPath,
    args: ['--input-type=module', '--eval', script],
    cwd: folder,
    env: process.env,
    logFile: join(folder, '.hamava/install.log'),
    signal,
  })
}
