import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Failed logins in a row; forgotten some time after the last. */
@Entity('failed_logins')
@Index('failed_logins_last', ['lastAt'])
export class FailedLoginsRow {
  /** An address, an e-mail address, or both. */
  @PrimaryColumn('text')
  who!: string

  @Column('int')
  failures!: number

  @Column('timestamptz')
  lastAt!: Date
}
