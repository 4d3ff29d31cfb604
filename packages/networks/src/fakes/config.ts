import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Which server software and configuration a fake imitates, if it has several. */
  MOOD: z.string().optional(),
  /** Seed of the fake's random faults; random when left out. */
  SEED: z.coerce.number().int().optional(),
  /** Where a real server keeps what it must; fakes keep everything in memory. */
  HAMAVA_DATA_DIR: z.string().default('.hamava/doubles/data'),
})

/** The configuration of a double's process, from its environment and its command line. */
export function readConfig() {
  const { PORT, MOOD, SEED, HAMAVA_DATA_DIR } = schema.parse(process.env)
  return {
    port: PORT,
    mood: MOOD,
    seed: SEED,
    dataDir: HAMAVA_DATA_DIR,
    network: process.argv[2] ?? '',
  }
}
