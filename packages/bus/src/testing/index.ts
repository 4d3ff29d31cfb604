export * from './a-publication.ts'
export * from './publishing-double.ts'
export * from './test-nats.ts'
