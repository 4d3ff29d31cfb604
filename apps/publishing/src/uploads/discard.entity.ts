import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** Uploads on a channel's network that nothing will use. */
@Entity('discards')
export class DiscardRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  @Column('text')
  channelId!: string

  /** What the connector needs to name them; its own `Json`, in a box as TypeORM's types cannot hold it. */
  @Column('jsonb')
  state!: { value: object | string | number | boolean | null }

  @Column('int', { default: 0 })
  tries!: number

  @Column('timestamptz', { default: () => 'now()' })
  nextAt!: Date
}
