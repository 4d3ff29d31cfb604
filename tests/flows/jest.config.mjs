import preset from '../../jest.preset.mjs'

/** One whole system for all flows, one flow at a time: each sees only what it caused. */
export default {
  ...preset,
  globalSetup: '<rootDir>/stack/global-setup.mjs',
  globalTeardown: '<rootDir>/stack/global-teardown.mjs',
  maxWorkers: 1,
  testTimeout: 60_000,
}
