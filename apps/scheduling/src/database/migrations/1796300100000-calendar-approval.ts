import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The calendar tells what still waits for approval. Entries from before learn it with their next plan. */
export class CalendarApproval1796300100000 implements MigrationInterface {
  name = 'CalendarApproval1796300100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table calendar_entries add column awaits_approval boolean not null default false',
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calendar_entries drop column awaits_approval')
  }
}
