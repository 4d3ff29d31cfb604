import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Where a real server keeps what it must; fakes keep everything in memory. */
  HAMAVA_DATA_DIR: z.string().default('.hamava/doubles/data'),
})

/** What a double's process is told by its environment and its command line. */
export function readConfig() {
  const { PORT, HAMAVA_DATA_DIR } = schema.parse(process.env)
  return { port: PORT, dataDir: HAMAVA_DATA_DIR, network: process.argv[2] ?? '' }
}
