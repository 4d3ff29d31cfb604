export * from './bilingual.ts'
export * from './define.ts'
export * from './ids.ts'
export * from './network.ts'
