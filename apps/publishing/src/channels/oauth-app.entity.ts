import { Column, Entity, PrimaryColumn } from 'typeorm'

/** Our app registration at a server that keeps its own apps; one per redirect URI. */
@Entity('oauth_apps')
export class OAuthAppRow {
  /** Hash of network, server and redirect URI. */
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  network!: string

  @Column('text')
  server!: string

  /** The connector's own, sealed. */
  @Column('text')
  app!: string

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
