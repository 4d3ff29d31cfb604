import type { EntityManager } from 'typeorm'

interface Client {
  query(
    statement: string | { name: string; text: string; values: unknown[] },
  ): Promise<{ rows: unknown[] }>
}

/**
 * A plan suits the table sizes at the time it is made, and a burst multiplies them before PostgreSQL notices: so plans
 * are discarded after this time.
 */
const plansLastMs = 2_000
const plannedAt = new WeakMap<Client, number>()

/** The name of each statement at the server; statements are constants, so there are few. */
const names = new Map<string, string>()
let made = 0

/**
 * Runs a frequent statement as a prepared one: the server parses and plans it once per connection. Returns its rows,
 * also for a change (`returning`).
 */
export async function prepared<Row>(
  manager: EntityManager,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const runner = manager.queryRunner ?? manager.dataSource.createQueryRunner()
  try {
    const client = (await runner.connect()) as Client
    await forgetOldPlans(client)
    const { rows } = await client.query({ name: nameOf(text), text, values })
    return rows as Row[]
  } catch (error) {
    // A migration has changed a table under it; the next try prepares it again.
    if ((error as { code?: unknown }).code === outdated) names.delete(text)
    throw error
  } finally {
    if (runner !== manager.queryRunner) await runner.release()
  }
}

async function forgetOldPlans(client: Client): Promise<void> {
  const now = performance.now()
  const since = plannedAt.get(client)
  if (since !== undefined && now - since < plansLastMs) return
  plannedAt.set(client, now)
  if (since !== undefined) await client.query('discard plans')
}

const outdated = '0A000'

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  made += 1
  const name = `hamava_${made}`
  names.set(text, name)
  return name
}
