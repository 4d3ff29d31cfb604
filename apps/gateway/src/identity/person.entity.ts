import type { Preferences } from '@hamava/contracts'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Somebody who can log in; a member of any number of workspaces. */
@Entity('people')
@Index('people_email', ['email'], { unique: true })
export class PersonRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  email!: string

  @Column('text')
  name!: string

  /** argon2id, with its parameters and salt. */
  @Column('text')
  passwordHash!: string

  /** Operates the installation: its services, and its workspaces. */
  @Column('boolean', { default: false })
  isOperator!: boolean

  /** How they want to read; null as long as they have not said. */
  @Column('jsonb', { nullable: true })
  preferences!: Preferences | null

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
