import type { MigrationInterface, QueryRunner } from 'typeorm'

export class Content1795300300000 implements MigrationInterface {
  name = 'Content1795300300000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table assets (
        id text primary key,
        workspace_id text not null,
        kind text not null,
        mime text not null,
        bytes int not null,
        width int,
        height int,
        alt text not null,
        file_name text not null,
        sha256 text not null,
        storage_key text not null,
        version int not null,
        created_at timestamptz not null default now()
      );
      create index assets_listing on assets (workspace_id, id);

      create table approval_policies (
        workspace_id text primary key,
        approval text not null
      );

      create table posts (
        id text primary key,
        workspace_id text not null,
        author_id text,
        text text not null,
        assets jsonb not null,
        parts jsonb not null,
        first_comment text,
        targets jsonb not null,
        campaign_id text,
        tags jsonb not null,
        state text not null,
        schedule jsonb,
        review jsonb,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        deleted_at timestamptz
      );
      create index posts_listing on posts (workspace_id, id);

      create table post_publications (
        id text primary key,
        post_id text not null,
        workspace_id text not null,
        channel_id text not null,
        network text not null,
        state text not null,
        due_at timestamptz not null,
        published_at timestamptz,
        remote_id text,
        permalink text,
        revision int not null
      );
      create index post_publications_post on post_publications (post_id);

      create table revisions (
        post_id text not null,
        version int not null,
        at timestamptz not null,
        by text,
        action text not null,
        said jsonb not null,
        primary key (post_id, version)
      )`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table revisions, post_publications, posts, approval_policies, assets')
  }
}
