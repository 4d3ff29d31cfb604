import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Members, their sessions and keys are of people and workspaces that are there; a session ends with its member. */
export class ForeignKeys1796800000400 implements MigrationInterface {
  name = 'ForeignKeys1796800000400'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody writes in between; parents first, as those who write lock them first.
      lock table people, workspaces, members, sessions, api_keys in share row exclusive mode;
      -- No person, workspace or key was ever deleted. What lacks one lets nobody in and is shown to nobody; a session
      -- may have been opened while its member was removed.
      delete from members m where not exists (select from people where id = m.person_id)
        or not exists (select from workspaces where id = m.workspace_id);
      delete from sessions s where not exists (select from members where id = s.member_id)
        or not exists (select from people where id = s.person_id);
      delete from api_keys k where not exists (select from workspaces where id = k.workspace_id);
      update api_keys k set made_by_key_id = null
      where made_by_key_id is not null and not exists (select from api_keys where id = k.made_by_key_id);
      alter table members
        add foreign key (person_id) references people,
        add foreign key (workspace_id) references workspaces;
      alter table sessions
        add foreign key (member_id) references members on delete cascade,
        add foreign key (person_id) references people;
      alter table api_keys
        add foreign key (workspace_id) references workspaces,
        add foreign key (made_by_key_id) references api_keys;
      create index sessions_of_member on sessions (member_id)`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index sessions_of_member;
      alter table api_keys
        drop constraint api_keys_workspace_id_fkey, drop constraint api_keys_made_by_key_id_fkey;
      alter table sessions
        drop constraint sessions_member_id_fkey, drop constraint sessions_person_id_fkey;
      alter table members
        drop constraint members_person_id_fkey, drop constraint members_workspace_id_fkey`)
  }
}
