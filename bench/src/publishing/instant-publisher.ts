import { fileURLToPath } from 'node:url'

/** The program that publishes without a network. */
export const instantPublisher = fileURLToPath(
  new URL('../sides/instant-publisher.ts', import.meta.url),
)
