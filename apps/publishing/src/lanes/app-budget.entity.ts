import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { SharedQuota } from './share-out.ts'

/** What all channels of one app on a network may send together, across workspaces. */
@Entity('app_budgets')
export class AppBudgetRow {
  /** The network, and the app's id there where it has one. */
  @PrimaryColumn('text')
  key!: string

  @Column('jsonb')
  quotas!: SharedQuota[]
}
