import preset from '../jest.preset.mjs'

/**
 * The run from end to end has the machine to itself. Its process has been seen to turn without end after the last
 * result was told, in no code of ours that could be found; so it is ended then.
 */
export default { ...preset, maxWorkers: 1, forceExit: true }
