import preset from '../../jest.preset.mjs'

/** One whole system and one browser at a time: each spec sees only what it caused. */
export default {
  ...preset,
  globalSetup: '<rootDir>/stack/global-setup.mjs',
  globalTeardown: '<rootDir>/stack/global-teardown.mjs',
  maxWorkers: 1,
  testTimeout: 120_000,
}
