import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A post of ours that is live: comments name it by the network's id. */
@Entity('known_posts')
@Index('known_posts_remote', ['channelId', 'remoteId'])
export class KnownPostRow {
  @PrimaryColumn('text')
  publicationId!: string

  @Column('text')
  channelId!: string

  @Column('text')
  remoteId!: string

  @Column('text', { nullable: true })
  postId!: string | null
}
