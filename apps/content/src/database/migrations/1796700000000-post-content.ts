import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What a post says becomes one value, as it is told and as its revisions keep it. */
export class PostContent1796700000000 implements MigrationInterface {
  name = 'PostContent1796700000000'

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table posts add column content jsonb')
    await runner.query(
      `update posts set content = jsonb_build_object('text', text, 'assets', assets, 'parts', parts,
         'firstComment', first_comment, 'targets', targets)`,
    )
    await runner.query(
      `alter table posts alter column content set not null, drop column text, drop column assets,
         drop column parts, drop column first_comment, drop column targets`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table posts add column text text, add column assets jsonb, add column parts jsonb,
         add column first_comment text, add column targets jsonb`,
    )
    await runner.query(
      `update posts set text = content->>'text', assets = content->'assets', parts = content->'parts',
         first_comment = content->>'firstComment', targets = content->'targets'`,
    )
    await runner.query(
      `alter table posts alter column text set not null, alter column assets set not null,
         alter column parts set not null, alter column targets set not null, drop column content`,
    )
  }
}
