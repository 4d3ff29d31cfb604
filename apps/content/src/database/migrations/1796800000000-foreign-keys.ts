import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Publications and revisions are of a post that is there. */
export class ForeignKeys1796800000000 implements MigrationInterface {
  name = 'ForeignKeys1796800000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Nobody writes in between; the parent first, as those who write lock it first.
      lock table posts, post_publications, revisions in share row exclusive mode;
      -- No post was ever deleted, only marked. What is of none is shown nowhere, and nothing could be done with it.
      delete from post_publications c where not exists (select from posts where id = c.post_id);
      delete from revisions c where not exists (select from posts where id = c.post_id);
      alter table post_publications add foreign key (post_id) references posts;
      alter table revisions add foreign key (post_id) references posts`)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table post_publications drop constraint post_publications_post_id_fkey;
      alter table revisions drop constraint revisions_post_id_fkey`)
  }
}
