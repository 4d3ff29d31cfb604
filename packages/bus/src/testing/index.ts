export * from './a-channel.ts'
export * from './a-publication.ts'
export * from './publishing-double.ts'
export * from './test-nats.ts'
