import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Unlogged: what is lost in a crash is said again within ten seconds. */
export class Presences1796300200000 implements MigrationInterface {
  name = 'Presences1796300200000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table presences (
        subject_id text not null,
        person_id text not null,
        is_writing boolean not null,
        since timestamptz not null default now(),
        seen_at timestamptz not null default now(),
        primary key (subject_id, person_id)
      );
      create index presences_seen on presences (seen_at)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table presences')
  }
}
