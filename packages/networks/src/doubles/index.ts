export { installBlueskyPds } from './bluesky-pds/install.ts'
export { type BlueskyPds, createAccount, startBlueskyPds } from './bluesky-pds/start.ts'
export { freePort, type Running } from './process.ts'
export { type RunningFake, startFake } from './start-fake.ts'
