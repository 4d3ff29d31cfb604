export * from './eventually.ts'
export * from './schema-drift.ts'
export * from './send-anywhere.ts'
export * from './test-database.ts'
