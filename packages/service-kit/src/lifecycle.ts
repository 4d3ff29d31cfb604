import { flushCompileCache } from 'node:module'
import type { Logger } from './logger.ts'

/** A service: started once, closed once; `close` resolves when its work is done. */
export interface Service extends AsyncDisposable {
  start(): Promise<void>
  close(): Promise<void>
}

/** Runs a service as a process: closes it on SIGTERM and SIGINT, and ends with 1 when it cannot start. */
export async function runService(service: Service, logger: Logger): Promise<void> {
  let isClosing = false
  const close = async (signal: string) => {
    if (isClosing) return
    isClosing = true
    logger.info({ signal }, 'closing')
    // A stop that hangs is worse than one that is cut short: leases and outbox make the latter safe.
    setTimeout(() => process.exit(1), 15_000).unref()
    await service.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void close('SIGTERM'))
  process.on('SIGINT', () => void close('SIGINT'))
  try {
    await service.start()
    logger.info('ready')
    // Writes the compile cache now (if NODE_COMPILE_CACHE is set): Node writes it at exit, which a kill skips.
    flushCompileCache()
  } catch (error) {
    logger.fatal({ err: error }, 'cannot start')
    process.exit(1)
  }
}
