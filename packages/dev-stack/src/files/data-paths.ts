import { join } from 'node:path'

/** Where JetStream keeps its streams. */
export const natsStoreIn = (dataDir: string) => join(dataDir, 'nats/store')

/** Where a network of ours keeps what it was given. */
export const networkDataIn = (dataDir: string, network: string) => join(dataDir, network)
