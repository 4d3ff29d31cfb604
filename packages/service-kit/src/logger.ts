import type { LoggerService } from '@nestjs/common'
import { type Logger, pino } from 'pino'

export type { Logger } from 'pino'

const secretFields = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'credentials',
  'accessToken',
  'refreshToken',
  'apiKey',
]

/** JSON lines on standard output; fields that hold secrets are cut out at any of the first levels. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: '[hidden]',
    },
  })
}

/** Lets Nest speak through our logger, without its chatter about every route. */
export function nestLogger(logger: Logger): LoggerService {
  const write =
    (level: 'info' | 'warn' | 'error' | 'debug') =>
    (message: unknown, ...rest: unknown[]) =>
      logger[level](
        { context: rest.at(-1), detail: rest.length > 1 ? rest[0] : undefined },
        text(message),
      )
  return {
    log: write('debug'),
    warn: write('warn'),
    error: write('error'),
    debug: write('debug'),
    verbose: write('debug'),
    fatal: write('error'),
  }
}

function text(message: unknown): string {
  if (message instanceof Error) return message.stack ?? message.message
  return typeof message === 'string' ? message : JSON.stringify(message)
}
