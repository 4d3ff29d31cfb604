export * from './eventually.ts'
export * from './schema-drift.ts'
export * from './send-unguarded.ts'
export * from './test-database.ts'
