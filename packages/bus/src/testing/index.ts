export * from './test-nats.ts'
