import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().default('127.0.0.1'),
  HAMAVA_DATA_DIR: z.string().min(1).optional(),
})

/** The configuration of the sandbox's process; the only place that reads the environment. */
export function readConfig() {
  const { PORT, HOST, HAMAVA_DATA_DIR } = schema.parse(process.env)
  return { port: PORT, host: HOST, dataDir: HAMAVA_DATA_DIR }
}
