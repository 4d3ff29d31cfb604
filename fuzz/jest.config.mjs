import preset from '../jest.preset.mjs'

/** The run on a real system has the machine to itself. */
export default { ...preset, maxWorkers: 1 }
