import { readFileSync } from 'node:fs'
import { z } from 'zod'

/**
 * Reads a service's configuration once, at boot. A variable `X_FILE` names a file that holds the
 * value of `X`, as container secrets do. Throws one error that lists all that is missing or wrong.
 */
export function readConfig<S extends z.ZodObject>(
  schema: S,
  env: Record<string, string | undefined>,
): z.output<S> {
  const result = schema.safeParse(withFiles(env, Object.keys(schema.shape)))
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The configuration is not complete:\n${lines.join('\n')}\nSee .env.example.`)
}

function withFiles(env: Record<string, string | undefined>, names: string[]) {
  const read = { ...env }
  for (const name of names) {
    const path = env[`${name}_FILE`]
    if (path) read[name] ??= readFileSync(path, 'utf8').trim()
  }
  return read
}

/** What every service needs. */
export const commonConfig = z.object({
  /** PostgreSQL, with the service's own role; its search_path is the service's schema. */
  DATABASE_URL: z.url(),
  /** NATS, with the service's own user. Several servers are separated by commas. */
  NATS_URL: z.string().min(1),
  /** Where /health/live and /health/ready answer. */
  HEALTH_PORT: z.coerce.number().int().default(0),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** The outbound guard's exceptions: exact origins, separated by commas. */
export const outboundConfig = z.object({
  HAMAVA_OUTBOUND_ALLOW: z
    .string()
    .default('')
    .transform((list) => list.split(',').filter(Boolean)),
})

/** The installation's master secret: 32 bytes in base64. `HAMAVA_SECRET_KEY_PREVIOUS` still opens what it sealed. */
export const secretConfig = z.object({
  HAMAVA_SECRET_KEY: z.base64().refine(is32Bytes, 'must be 32 bytes in base64'),
  HAMAVA_SECRET_KEY_PREVIOUS: z.base64().refine(is32Bytes, 'must be 32 bytes in base64').optional(),
})

/** The keys in use, the current one first. */
export const secretsOf = (config: z.output<typeof secretConfig>): string[] =>
  [config.HAMAVA_SECRET_KEY, config.HAMAVA_SECRET_KEY_PREVIOUS].filter((key) => key !== undefined)

/** Where files are kept: `file:///var/lib/hamava/assets` or `s3://key:secret@host/bucket?region=…&endpoint=…`. */
export const storageConfig = z.object({ HAMAVA_STORAGE_URL: z.url() })

function is32Bytes(base64: string): boolean {
  return Buffer.from(base64, 'base64').length === 32
}
