import {
  type DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  In,
  type ObjectLiteral,
} from 'typeorm'
import { batchColumns } from './batch-columns.ts'

/** A row that one replica at a time works on, until its lease is over. */
export interface Leased extends ObjectLiteral {
  /** Only active rows are claimed. */
  isActive: boolean
  leaseOwner: string | null
  leaseUntil: Date | null
  /** Failures in a row. */
  failures: number
}

export interface LeasedTable<Row extends Leased> {
  entity: EntityTarget<Row> & { name: string }
  /** The primary key. */
  key: keyof Row & string
  /** The time before which a row is left alone. */
  notBefore: keyof Row & string
  /** SQL, when not every row is due after that time; the row is `leased` in it. */
  isDue?: string
}

/** Longer than the longest work on a row; after it another replica takes over the row of a dead one. */
const leaseMs = 120_000

/** The leases of a table: who takes rows that are due, and gives them back. */
export class LeasedRows<Row extends Leased> {
  constructor(
    private readonly dataSource: DataSource,
    private readonly leased: LeasedTable<Row>,
  ) {}

  /** Leases at most `limit` rows that are due, so that of several replicas one has each. */
  async claim(owner: string, limit: number): Promise<Row[]> {
    const { entity, isDue = 'true' } = this.leased
    const { table, key, notBefore } = this.names
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(
      `update ${table} set lease_owner = $1, lease_until = now() + $2 * interval '1 ms'
       where ${key} in (
         select ${key} from ${table} leased
         where is_active and ${notBefore} <= now() and (lease_until is null or lease_until < now())
           and (${isDue})
         order by ${notBefore}
         limit $3
         for update skip locked)
       returning ${key} as id`,
      [owner, leaseMs, limit],
    )
    if (rows.length === 0) return []
    const claimed = { [this.leased.key]: In(rows.map(({ id }) => id)) } as FindOptionsWhere<Row>
    return this.dataSource.getRepository(entity).findBy(claimed)
  }

  /** Gives a row back, to be left alone for a while; only its holder can. */
  async release(row: Row, { afterMs, failures }: { afterMs: number; failures: number }) {
    const { table, key, notBefore } = this.names
    await this.dataSource.query(
      `update ${table}
       set lease_owner = null, lease_until = null, failures = $3, ${notBefore} = now() + $4 * interval '1 ms'
       where ${key} = $1 and lease_owner = $2`,
      [row[this.leased.key], row.leaseOwner, failures, Math.round(afterMs)],
    )
  }

  /** Gives back all that this owner holds. */
  async giveBack(owner: string): Promise<void> {
    await this.dataSource.query(
      `update ${this.names.table} set lease_owner = null, lease_until = null where lease_owner = $1`,
      [owner],
    )
  }

  private get names() {
    const { entity, key, notBefore } = this.leased
    const { table, nameOf } = batchColumns(this.dataSource.manager, entity, [key, notBefore])
    return { table, key: nameOf(key), notBefore: nameOf(notBefore) }
  }
}
