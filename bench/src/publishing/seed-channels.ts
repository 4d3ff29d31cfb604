import { SecretBox } from '@hamava/service-kit'
import type { Database } from '../servers/databases.ts'

/** The installation's secret in the benchmark. */
export const secretKey = Buffer.alloc(32, 7).toString('base64')

/** Connects channels as `connectChannel` leaves them, without asking the network. */
export async function seedChannels(
  { pool }: Database,
  networkUrl: string,
  count: number,
): Promise<void> {
  const box = new SecretBox([secretKey])
  const batch = 10_000
  for (let from = 0; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, i) => from + i)
    const ids = numbers.map((number) => `ch_${`${number}`.padStart(26, '0')}`)
    const sealed = ids.map((id, i) => {
      const handle = `bench-${numbers[i]}`
      const credentials = { url: networkUrl, token: handle, handle, keyed: 'key' }
      return box.seal(JSON.stringify(credentials), `channel:${id}`)
    })
    await pool.query(
      `insert into publishing.channels
         (id, workspace_id, network, external_id, handle, name, credentials, health, scopes, version)
       select id, 'ws_' || repeat('0', 26), 'sandbox', id, id, id, credentials, 'ok', '[]', 1
       from unnest($1::text[], $2::text[]) as c(id, credentials)
       on conflict (id) do update set credentials = excluded.credentials`,
      [ids, sealed],
    )
  }
}
