import type { PublisherProcess } from './publisher-process.ts'
import type { TestWorld } from './world.ts'

/** Publisher processes; the one that holds a publication can be killed at a given moment. */
export async function crew(world: TestWorld, size = 2) {
  const members = new Set<PublisherProcess>()
  const hire = () => {
    const member = world.addPublisher()
    members.add(member)
    return member.ready
  }
  await Promise.all(Array.from({ length: size }, hire))

  const lastOwner = async (publicationId: string) => {
    const [row] = await world.sql<{ owner: string }>(
      'select lease_owner as owner from attempts where publication_id = $1 order by number desc limit 1',
      [publicationId],
    )
    return row?.owner ?? ''
  }
  return {
    /**
     * Stops all processes first, so that the publication does not move on while its holder is determined. A new
     * process replaces the killed one.
     */
    async killHolder(publicationId: string) {
      for (const member of members) member.signal('SIGSTOP')
      const owner = await lastOwner(publicationId)
      const holder = [...members].find((member) => member.owns(owner))
      if (!holder) throw new Error(`${publicationId} is held by nobody: ${owner}`)
      members.delete(holder)
      await holder.kill()
      for (const member of members) member.signal('SIGCONT')
      void hire()
    },
  }
}
export type Crew = Awaited<ReturnType<typeof crew>>
