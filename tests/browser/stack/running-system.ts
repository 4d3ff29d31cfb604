import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** For commands on a system that runs (`npm start`); to be imported before anything that talks to it. */
export const root = resolve(import.meta.dirname, '../../..')
process.env.HAMAVA_FLOWS_DEV ??= readFileSync(join(root, '.hamava/dev.json'), 'utf8')
