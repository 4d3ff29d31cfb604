import { setTimeout as pause } from 'node:timers/promises'
import { query } from '../database.ts'
import type { Random } from '../random.ts'
import { killTaken, type Stage, type TakenProcess, takeProcess } from '../stage.ts'
import { touchesHeld } from '../touched.ts'
import type { Inject } from './injected.ts'

const busyWithinMs = 1_500

/** Kill -9: requests that it had sent are in doubt, publications that it had only leased wait for the lease to end. */
export const killPublisher: Inject = async (stage, random) => {
  const publisher = await takeBusyPublisher(stage, random)
  const startedAt = Date.now()
  await killTaken(stage, publisher)
  publisher.giveBack()
  const held = await heldBy(stage, publisher.pid)
  return {
    what: `${publisher.name}, which held ${held.size}`,
    touches: touchesHeld(startedAt, startedAt, stage.afterMs, held),
  }
}

/** SIGSTOP, and SIGCONT once its leases may be over: a zombie that believes it is alive. */
export const stopPublisher: Inject = async (stage, random, lastsMs) => {
  const { name, pid, giveBack } = await takeBusyPublisher(stage, random)
  const startedAt = Date.now()
  stage.stack.kill(name, 'SIGSTOP')
  try {
    const [held, locked] = await Promise.all([
      heldBy(stage, pid),
      lockedAndDue(stage),
      pause(lastsMs),
    ])
    for (const id of locked) held.add(id)
    return {
      what: `${name} for ${lastsMs} ms, which held ${held.size}`,
      touches: touchesHeld(startedAt, Date.now(), stage.afterMs, held),
    }
  } finally {
    stage.stack.kill(name, 'SIGCONT')
    giveBack()
  }
}

/** A publisher in the middle of its work hurts most; if none is for `busyWithinMs`, any is taken. */
async function takeBusyPublisher(stage: Stage, random: Random): Promise<TakenProcess> {
  const deadline = Date.now() + busyWithinMs
  while (Date.now() < deadline) {
    const rows = await query<{ owner: string }>(
      stage.stack.dev.databaseUrl,
      `select distinct lease_owner as owner from publishing.lanes where lease_until > now()`,
    ).catch(() => [])
    const busy = stage.publishers.filter(
      (name) =>
        !stage.taken.has(name) &&
        rows.some(({ owner }) => owner.includes(`-${stage.stack.pidOf(name)}-`)),
    )
    if (busy.length > 0) return takeProcess(stage, random, busy)
    await pause(5)
  }
  return takeProcess(stage, random, stage.publishers)
}

/**
 * Due publications on lanes that are locked both now and a moment later: the open transaction of a stopped process
 * keeps its locks, while those of others are over by the second look.
 */
async function lockedAndDue(stage: Stage): Promise<Set<string>> {
  const look = async () => {
    const rows = await query<{ id: string }>(
      stage.stack.dev.databaseUrl,
      `with free as materialized (
         select channel_id from publishing.lanes where next_at <= now() for update skip locked)
       select p.id from publishing.lanes l join publishing.publications p using (channel_id)
       where l.next_at <= now() and p.state in ('planned', 'sending', 'pending') and p.due_at <= now()
         and not exists (select 1 from free where free.channel_id = l.channel_id)`,
    ).catch(() => [])
    return new Set(rows.map(({ id }) => id))
  }
  const before = await look()
  await pause(150)
  const after = await look()
  return new Set([...before].filter((id) => after.has(id)))
}

/**
 * The publications that a publisher was sending, and those due on the channels whose lanes it holds: nobody else may
 * take those before its lease is over. Looks twice, as its last statement may still be on the way. Empty without the
 * database, whose own fault then counts.
 */
async function heldBy(stage: Stage, pid: number): Promise<Set<string>> {
  const held = new Set<string>()
  for (const waitMs of [0, 150]) {
    await pause(waitMs)
    const rows = await query<{ id: string }>(
      stage.stack.dev.databaseUrl,
      `select id from publishing.publications where lease_owner like '%-' || $1 || '-%'
       union
       select p.id from publishing.lanes l join publishing.publications p using (channel_id)
       where l.lease_owner like '%-' || $1 || '-%'
         and p.state in ('planned', 'sending', 'pending') and p.due_at <= now()`,
      [String(pid)],
    ).catch(() => [])
    for (const { id } of rows) held.add(id)
  }
  return held
}
