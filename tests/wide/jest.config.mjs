import preset from '../../jest.preset.mjs'

/** Hundreds of channels: a system of its own, in which what is polled does not take all of the machine. */
export default {
  ...preset,
  globalSetup: '<rootDir>/stack/global-setup.mjs',
  globalTeardown: '<rootDir>/../flows/stack/global-teardown.mjs',
  maxWorkers: 1,
}
