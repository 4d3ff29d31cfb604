import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A reason to look at the risks of some publications again: something they depend on has changed. */
@Entity('risk_checks')
export class RiskCheckRow {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text', { nullable: true })
  publicationId!: string | null

  @Column('text', { nullable: true })
  channelId!: string | null

  @Column('text', { nullable: true })
  network!: string | null

  @Column('text', { nullable: true })
  campaignId!: string | null

  /** The id of the last publication that was checked. */
  @Column('text', { default: '' })
  after!: string
}
