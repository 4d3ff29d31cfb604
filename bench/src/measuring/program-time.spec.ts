import { expect, it } from '@jest/globals'
import type { TreeProcess } from './process-tree.ts'
import { sumPrograms } from './program-time.ts'

const aProcess = (pid: number, parent: number, command: string, own = 1, ended = 0) =>
  ({ pid, parent, command, seconds: own, endedChildrenSeconds: ended }) satisfies TreeProcess

it('adds up services and PostgreSQL with its sessions, those that have ended too, and nothing else', () => {
  const tree = [
    aProcess(1, 0, 'node /hamava/bench/src/main.ts G3', 50),
    aProcess(2, 1, '/hamava/bin/postgres -D /hamava/data -c port=1', 1, 5),
    aProcess(3, 2, 'postgres: hamava hamava 127.0.0.1(1) idle', 3),
    aProcess(4, 2, 'postgres: checkpointer', 2),
    aProcess(5, 1, '/node --max-semi-space-size=64 /hamava/apps/publishing/dist/main.js', 7),
    aProcess(6, 1, '/node /hamava/apps/publishing/dist/migrate.js', 9),
    aProcess(7, 1, '/node /hamava/bench/src/network/mock-network.ts', 9),
    aProcess(8, 1, '/node /hamava/bench/src/sides/request-caller.ts', 4),
  ]
  expect(sumPrograms(tree)).toEqual([
    { program: 'postgres', pid: 2, seconds: 11 },
    { program: 'publishing', pid: 5, seconds: 7 },
    { program: 'request-caller', pid: 8, seconds: 4 },
  ])
})
