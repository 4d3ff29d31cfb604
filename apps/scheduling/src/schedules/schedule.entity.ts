import { Column, Entity, PrimaryColumn } from 'typeorm'

/** When a post goes out: what was meant (wall time and zone) and what follows (the instant). */
@Entity('schedules')
export class ScheduleRow {
  @PrimaryColumn('text')
  postId!: string

  @Column('text')
  workspaceId!: string

  /** `none`: the post was cancelled and has no time any more. */
  @Column('text')
  kind!: 'at' | 'local' | 'now' | 'none'

  @Column('text')
  local!: string

  @Column('text')
  zone!: string

  @Column('timestamptz')
  dueAt!: Date

  /** The version of the post that it was decided for. */
  @Column('int')
  version!: number
}
