import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The time on the wall follows from the moment and its zone. */
export class CalendarWithoutLocal1796100100000 implements MigrationInterface {
  name = 'CalendarWithoutLocal1796100100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calendar_entries drop column local')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table calendar_entries add column local text;
      update calendar_entries set local = to_char(due_at at time zone zone, 'YYYY-MM-DD"T"HH24:MI:SS');
      alter table calendar_entries alter column local set not null`)
  }
}
