import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** What all replicas together have taken of a caller's requests in a window of time. */
@Entity('spent_requests')
@Index('spent_requests_window', ['windowAt'])
export class SpentRequestsRow {
  /** The key, session or address. */
  @PrimaryColumn('text')
  who!: string

  /** When its window began. */
  @Column('timestamptz')
  windowAt!: Date

  @Column('int')
  spent!: number
}
