export * from './connector.ts'
export { connectorOf, registry } from './registry.ts'
export * from './rules/index.ts'
export * from './wait-after-failure.ts'
