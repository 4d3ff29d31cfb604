/** For programs that put servers and single services together by themselves. */
export { type CheckedOut, checkOut } from './check-out.ts'
export { freePort } from './processes/free-port.ts'
export { launchUntilReady, type ProcessSpec, type RunningProcess } from './processes/launch.ts'
export {
  describeProcess,
  endRecorded,
  isRunning,
  type RecordedProcess,
  recordProcesses,
} from './processes/process-record.ts'
export { runOnce } from './processes/run-once.ts'
export { until } from './processes/until.ts'
export { natsSpec, natsUrl } from './servers/nats.ts'
export { ensureNats } from './servers/nats-binary.ts'
export { type PostgresOptions, postgresSpec, postgresUrl } from './servers/postgres.ts'
export { prepareDatabase, serviceUrl } from './servers/prepare-database.ts'
export { unpackFromDebian } from './servers/unpack-from-debian.ts'
export { nodeFlags, program } from './service-processes.ts'
export { repositoryRoot } from './stack-options.ts'
