import type { SecretBox } from '@hamava/service-kit'
import type { DataSource } from 'typeorm'

const batch = 100

/**
 * Seals again, with the current key, whatever an earlier key has sealed; then that key can be thrown
 * away. Works while everything runs, and may be run again at any time. Throws on a value that no
 * given key opens, naming it, and changes nothing of its batch.
 * @returns how many values it sealed again.
 */
export async function resealCredentials(dataSource: DataSource, box: SecretBox): Promise<number> {
  let count = 0
  for (const sealed of everywhere) count += await resealColumn(dataSource, box, sealed)
  return count
}

interface Sealed {
  table: string
  id: string
  column: string
  purpose: string
}

const everywhere: Sealed[] = [
  { table: 'channels', id: 'id', column: 'credentials', purpose: 'channel' },
  { table: 'oauth_attempts', id: 'state', column: 'pending', purpose: 'oauth' },
  { table: 'oauth_apps', id: 'id', column: 'app', purpose: 'app' },
  { table: 'revocations', id: 'channel_id', column: 'credentials', purpose: 'channel' },
]

async function resealColumn(
  dataSource: DataSource,
  box: SecretBox,
  { table, id, column, purpose }: Sealed,
): Promise<number> {
  let count = 0
  for (;;) {
    const done = await dataSource.transaction(async (manager) => {
      const rows = await manager.query<{ id: string; sealed: string }[]>(
        `select ${id} as id, ${column} as sealed from ${table}
         where ${column} <> '' and ${column} not like $1 order by ${id} limit ${batch} for update`,
        [`${box.currentKey}.%`],
      )
      for (const row of rows) {
        const place = `${purpose}:${row.id}`
        const plain = open(box, row.sealed, place)
        await manager.query(`update ${table} set ${column} = $2 where ${id} = $1`, [
          row.id,
          box.seal(plain, place),
        ])
      }
      return rows.length
    })
    count += done
    if (done < batch) return count
  }
}

function open(box: SecretBox, sealed: string, place: string): string {
  try {
    return box.open(sealed, place)
  } catch (cause) {
    throw new Error(`${place} cannot be opened: ${String(cause)}`, { cause })
  }
}
