import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm'
import { ChannelRow } from './channel.entity.ts'

/** Access to a channel that was disconnected, until the network has been told that it is over. */
@Entity('revocations')
@Index('revocations_due', ['nextAt'])
export class RevocationRow {
  @ForeignKey(() => ChannelRow)
  @PrimaryColumn('text')
  channelId!: string

  @Column('text')
  network!: string

  /** As they were with the channel, sealed for it. */
  @Column('text')
  credentials!: string

  @Column('int', { default: 0 })
  tries!: number

  @Column('timestamptz', { default: () => 'now()' })
  nextAt!: Date
}
