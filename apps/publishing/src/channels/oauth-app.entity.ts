import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What we are at a server that knows apps of its own: registered once for each way back. */
@Entity('oauth_apps')
export class OAuthAppRow {
  /** Made of the network, the server and the way back. */
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
