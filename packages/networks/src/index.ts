export * from './connector.ts'
export * from './rules/index.ts'
