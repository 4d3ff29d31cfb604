import preset from '../jest.preset.mjs'

/** The run from end to end has the machine to itself. */
export default { ...preset, maxWorkers: 1 }
