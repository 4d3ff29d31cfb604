import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An authorisation that a person was sent away for; kept ten minutes. */
@Entity('oauth_attempts')
export class OAuthAttempt {
  @PrimaryColumn('text')
  state!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  network!: string

  @Column('text')
  redirectUri!: string

  /** What the person typed in, without what is secret. */
  @Column('jsonb', { default: {} })
  fields!: Record<string, string>

  /** What the connector must remember between the two steps, sealed. */
  @Column('text')
  pending!: string

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
