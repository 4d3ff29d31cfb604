import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { FakeOptions } from '../fakes/fake.ts'
import { type Running, startProcess } from './process.ts'

/** A fake network in a process of its own; its controls are under `<url>/__fake/`. */
export interface RunningFake extends Running {
  url: string
  /** What to type in to connect its channel. */
  connect: Record<string, string>
}

const ready = z.object({ url: z.string(), connect: z.record(z.string(), z.string()) })

/** Starts the fake of a network as a process of its own. */
export async function startFake(
  network: string,
  { port = 0, mood, seed }: FakeOptions = {},
): Promise<RunningFake> {
  const extension = extname(import.meta.url)
  const main = fileURLToPath(new URL(`../fakes/main${extension}`, import.meta.url))
  const conditions = extension === '.ts' ? ['--conditions=source'] : []
  const args = [...conditions, main, network]
  const env = {
    PORT: String(port),
    NODE_OPTIONS: '',
    ...(mood !== undefined && { MOOD: mood }),
    ...(seed !== undefined && { SEED: String(seed) }),
  }
  const { pid, close, ready: said } = await startProcess(process.execPath, args, env)
  return { pid, close, ...ready.parse(said) }
}
