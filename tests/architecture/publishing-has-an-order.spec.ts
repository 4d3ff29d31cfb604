import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { sourceFiles } from './source-files.ts'

/** The folders of publishing; each may import from those before it, and none from those after it. */
const order = [
  'publications',
  'policy',
  'evidence',
  'lanes',
  'channels',
  'uploads',
  'planning',
  'holds',
  'risks',
  'assets',
  'dispatch',
  'status',
  'reconciliation',
]

/** At most four. */
const against = [
  // Claiming a lane joins its channel; opening one needs its network.
  'lanes/claim-lanes.ts imports channels/channel.entity.ts',
  'lanes/open-lane.ts imports channels/channel.entity.ts',
]

const home = 'apps/publishing/src/'
/** `dispatch/claim/fence.ts` is in `dispatch`. */
const rankOf = (file: string) => order.indexOf(file.split('/')[0] ?? '')
const files = sourceFiles
  .filter(({ path, isSpec }) => path.startsWith(home) && !isSpec)
  .map(({ path, ...file }) => ({ ...file, path: path.slice(home.length) }))

describe('the folders of publishing', () => {
  it('import in one direction', () => {
    const back = files.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('.'))
        .map((name) => join(dirname(path), name))
        .filter((target) => rankOf(path) >= 0 && rankOf(target) > rankOf(path))
        .map((target) => `${path} imports ${target}`),
    )
    expect(back.toSorted()).toEqual(against)
  })

  it('are all in the order', () => {
    const folders = new Set(
      files.flatMap(({ path }) => (path.includes('/') ? [path.split('/')[0]] : [])),
    )
    const others = ['database']
    expect([...folders].toSorted()).toEqual([...order, ...others].toSorted())
  })

  it('change the state of a row through its doors alone', () => {
    const doors = ['publications/transition.ts', 'dispatch/settle/outcome-writer.ts']
    const assigns = files.filter(
      ({ path, text }) =>
        !doors.includes(path) &&
        (/\bstate = '/.test(text.replace(/`[^`]*`/g, '')) ||
          /Object\.assign\(row,[^)]*state:/.test(text)),
    )
    expect(assigns.map(({ path }) => path)).toEqual([])
  })
})
