import { join } from 'node:path'
import type { Secrets } from './files/secrets.ts'
import { type OneOff, runOnce } from './processes/run-once.ts'
import { nodeFlags, program, type ServiceSettings, serviceEnv } from './service-processes.ts'
import { databaseOwners } from './services.ts'

/** Brings every dist/ up to date. */
export async function build(root: string, dataDir: string, signal?: AbortSignal): Promise<void> {
  await runOnce('building', {
    command: join(root, 'node_modules/.bin/turbo'),
    args: ['run', 'build', '--output-logs=errors-only', '--no-color'],
    cwd: root,
    env: process.env,
    logFile: join(dataDir, 'logs/build.log'),
    signal,
  })
}

/** Migrates every service, two at a time, as a migration is mostly the start of a program. */
export async function migrateAll(settings: ServiceSettings, signal?: AbortSignal): Promise<void> {
  const waiting = [...databaseOwners]
  const work = async () => {
    for (let service = waiting.shift(); service; service = waiting.shift()) {
      await runOnce(`migrating ${service}`, {
        command: process.execPath,
        args: [...nodeFlags(service), program(settings.root, service, 'migrate.js')],
        cwd: settings.root,
        env: serviceEnv(service, settings),
        logFile: join(settings.dataDir, 'logs/migrate.log'),
        signal,
      })
    }
  }
  for (const service of databaseOwners) program(settings.root, service, 'main.js')
  await Promise.all([work(), work()])
}

/** Seals again, with the new key, everything that the previous key has sealed. */
export function resealAll(settings: ServiceSettings, signal?: AbortSignal): Promise<unknown> {
  return runOnce('sealing with the new key', {
    command: process.execPath,
    args: [...nodeFlags('publishing'), program(settings.root, 'publishing', 'rotate-keys.js')],
    cwd: settings.root,
    env: serviceEnv('publishing', settings),
    logFile: join(settings.dataDir, 'logs/rotate-keys.log'),
    signal,
  })
}

/** How to run the gateway's own program that makes the first workspace, its owner and a key. */
export function demoSetup(
  settings: ServiceSettings,
  secrets: Secrets,
  signal?: AbortSignal,
): OneOff {
  return {
    command: process.execPath,
    args: [...nodeFlags('gateway'), program(settings.root, 'gateway', 'setup.js')],
    cwd: settings.root,
    env: {
      ...serviceEnv('gateway', settings),
      HAMAVA_SETUP_EMAIL: secrets.login.email,
      HAMAVA_SETUP_PASSWORD: secrets.login.password,
      HAMAVA_SETUP_WORKSPACE: 'هم‌آوا',
    },
    logFile: join(settings.dataDir, 'logs/setup.log'),
    signal,
  }
}
