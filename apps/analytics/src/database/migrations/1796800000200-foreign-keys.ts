import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Readings are of a series that is there, posts that are measured of a channel. */
export class ForeignKeys1796800000200 implements MigrationInterface {
  name = 'ForeignKeys1796800000200'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody writes in between; parents first, as those who write lock them first.
      lock table measured_channels, subjects, series, snapshots in share row exclusive mode;
      -- A reading of no series is shown nowhere. The channel of a post is made known, as for a post that goes live.
      delete from snapshots s where not exists (select from series where id = s.series_id);
      insert into measured_channels (channel_id, workspace_id, network, version, is_active)
      select distinct on (channel_id) channel_id, workspace_id, network, 0, true from subjects
      on conflict do nothing;
      alter table snapshots add foreign key (series_id) references series;
      alter table subjects add foreign key (channel_id) references measured_channels`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table snapshots drop constraint snapshots_series_id_fkey;
      alter table subjects drop constraint subjects_channel_id_fkey`)
  }
}
