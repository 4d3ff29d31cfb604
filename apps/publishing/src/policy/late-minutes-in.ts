import { type EntityManager, In } from 'typeorm'
import { LatePolicyRow } from './late-policy.entity.ts'

/** How many minutes late is too late in each of these workspaces; `normal` where a workspace has said nothing. */
export async function lateMinutesIn(
  manager: EntityManager,
  workspaceIds: string[],
  normal: number,
): Promise<(workspaceId: string) => number> {
  const said = await manager.findBy(LatePolicyRow, { workspaceId: In([...new Set(workspaceIds)]) })
  const minutesOf = new Map(said.map((one) => [one.workspaceId, one.lateMinutes]))
  return (workspaceId) => minutesOf.get(workspaceId) ?? normal
}
