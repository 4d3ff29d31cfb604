import { holdChanged } from '@hamava/contracts'
import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Rights1796400100000 implements MigrationInterface {
  name = 'Rights1796400100000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table people add column is_operator boolean not null default false;
      update people set is_operator = true where id in (
        select person_id from members
        where role = 'owner' and workspace_id = (select id from workspaces order by created_at, id limit 1));

      alter table api_keys add column made_by_key_id text;
      -- What an owner could do, their keys with every scope still can.
      update api_keys set scopes = scopes || '["owners:write"]'
      where scopes @> '["members:write", "operations:write"]';

      -- Which channels older entries concern, and those of programs that do not know of it, is not known: they are for
      -- who may use all of them.
      alter table audit_events add column channel_ids jsonb default '["*"]';
      update feed_events set channel_ids = '["*"]' where type = '${holdChanged.name}'`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table audit_events drop column channel_ids;
      alter table api_keys drop column made_by_key_id;
      alter table people drop column is_operator`)
  }
}
