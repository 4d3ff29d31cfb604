import { fileURLToPath } from 'node:url'

/** The one Jest configuration; every package's jest.config.mjs spreads it. */
const swc = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
}

const preset = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 90_000,
  maxWorkers: 2,
  // A package whose specs were not found is noticed by npm test, which counts.
  passWithNoTests: true,
  reporters: ['default', here('infra/bootstrap/count-reporter.mjs')],
}

export default preset

/** For packages whose tests need PostgreSQL and NATS: their addresses are in HAMAVA_TEST_*. */
export const withServers = {
  ...preset,
  globalSetup: here('packages/dev-stack/jest/global-setup.mjs'),
  globalTeardown: here('packages/dev-stack/jest/global-teardown.mjs'),
}

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url))
}
