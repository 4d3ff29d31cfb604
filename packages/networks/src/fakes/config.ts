import { z } from 'zod'

/** What a fake's process is told by its environment and its command line. */
export function readConfig() {
  const { PORT } = z
    .object({ PORT: z.coerce.number().int().min(0).max(65_535).default(0) })
    .parse(process.env)
  return { port: PORT, network: process.argv[2] ?? '' }
}
