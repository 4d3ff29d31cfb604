import { median } from '../measuring/statistics.ts'
import type { Calendar } from './seed-calendar.ts'

const [from, to] = ['2027-05-01T00:00:00.000Z', '2027-06-01T00:00:00.000Z']
/** The page size that the web app asks for. */
const page = 1_000

interface Installation extends Calendar {
  readonly gateway: { readonly url: string }
  readonly apiKey: string
}

interface Page {
  readonly items: readonly unknown[]
  readonly nextCursor: string | null
}

/** The median time in which somebody at the screen has the month. */
export function monthOfGateway({ gateway, apiKey }: Installation, reads: number): Promise<number> {
  const headers = { authorization: `Bearer ${apiKey}` }
  return medianMs(reads, async () => {
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({
        from,
        to,
        limit: `${page}`,
        ...(cursor ? { cursor } : {}),
      })
      const response = await fetch(`${gateway.url}/v1/calendar?${query}`, { headers })
      if (!response.ok) throw new Error(await response.text())
      cursor = ((await response.json()) as Page).nextCursor
    } while (cursor)
  })
}

/** The same pages by the driver alone. */
export async function monthOfBareSql(
  { database, workspaceId }: Calendar,
  reads: number,
): Promise<number> {
  const client = await database.pool.connect()
  try {
    return await medianMs(reads, async () => {
      let [at, id] = [from, '']
      for (;;) {
        const { rows } = await client.query<{ due_at: Date; publication_id: string }>({
          name: 'month',
          text: `select publication_id, post_id, channel_id, network, due_at, zone, state, excerpt
                 from scheduling.calendar_entries
                 where workspace_id = $1 and due_at < $2 and (due_at, publication_id) > ($3, $4)
                 order by due_at, publication_id limit ${page}`,
          values: [workspaceId, to, at, id],
        })
        const last = rows.at(-1)
        if (!last || rows.length < page) return
        at = last.due_at.toISOString()
        id = last.publication_id
      }
    })
  } finally {
    client.release()
  }
}

async function medianMs(times: number, work: () => Promise<void>): Promise<number> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await work()
    taken.push(performance.now() - begun)
  }
  return median(taken)
}
