import { processTree, type TreeProcess } from './process-tree.ts'

/** Processor seconds of a program with the processes that it made, since it began. */
export interface ProgramTime {
  /** A service's name, `postgres`, or the name of a program in `sides/` that stands for a service. */
  readonly program: string
  readonly pid: number
  readonly seconds: number
}

/** The programs that are measured: no peers, no load, no network, no migrations. */
const measured = [
  /\/apps\/([\w-]+)\/dist\/main\.js/,
  /\/sides\/(instant-publisher|request-answerer|request-caller)\.ts/,
  /^\S*(postgres)(?::| )/,
]

/** The measured programs that run under a process now. */
export const programTimes = (root: number): ProgramTime[] => sumPrograms(processTree(root))

/** The programs among processes. What a program made itself, as PostgreSQL its sessions, is a part of it. */
export function sumPrograms(tree: readonly TreeProcess[]): ProgramTime[] {
  const byPid = new Map(tree.map((one) => [one.pid, one]))
  const children = Map.groupBy(tree, ({ parent }) => parent)
  const total = (one: TreeProcess): number =>
    (children.get(one.pid) ?? []).reduce(
      (sum, child) => sum + total(child),
      one.seconds + one.endedChildrenSeconds,
    )
  return tree.flatMap((one) => {
    const program = programOf(one)
    const parent = byPid.get(one.parent)
    if (!program || (parent && programOf(parent) === program)) return []
    return [{ program, pid: one.pid, seconds: total(one) }]
  })
}

function programOf({ command }: TreeProcess): string | undefined {
  for (const pattern of measured) {
    const found = pattern.exec(command)?.[1]
    if (found) return found
  }
  return undefined
}
