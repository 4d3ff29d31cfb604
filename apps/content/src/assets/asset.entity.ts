import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A media file: its facts here, its bytes in storage under `storageKey`. */
@Entity('assets')
@Index('assets_listing', ['workspaceId', 'id'])
export class AssetRow {
  @PrimaryColumn('text')
  id!: string

  @Column('text')
  workspaceId!: string

  @Column('text')
  kind!: 'image' | 'video'

  @Column('text')
  mime!: string

  @Column('int')
  bytes!: number

  @Column('int', { nullable: true })
  width!: number | null

  @Column('int', { nullable: true })
  height!: number | null

  @Column('text')
  alt!: string

  @Column('text')
  fileName!: string

  @Column('text')
  sha256!: string

  @Column('text')
  storageKey!: string

  @Column('int')
  version!: number

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date
}
