import type { Fault } from './fault.ts'

const area = 'feed'

export const feed: readonly Fault[] = [
  {
    id: 'feed/assets-unlogged',
    area,
    file: 'apps/gateway/src/feed/feed-types.ts',
    find: `{ event: assetChanged, needs: 'posts:read', subject: { kind: 'asset', field: 'assetId' } }`,
    replace: `{ event: assetChanged, needs: 'posts:read', subject: null }`,
    what: 'changes of pictures are told and not remembered',
    signs: [
      { oracle: 'feed', what: /the audit log has not, of content\.asset/ },
      { oracle: 'feed', operations: ['uploadAsset', 'editAsset'], what: /not in the audit log/ },
    ],
  },
  {
    id: 'feed/holds-untold',
    area,
    file: 'apps/gateway/src/feed/write-feed.ts',
    find: '[JSON.stringify(entries.map(recordOf))]',
    replace: `[JSON.stringify(entries.filter(({ type }) => type !== 'publishing.hold.changed.v1').map(recordOf))]`,
    what: 'changes of holds are remembered and not told',
    signs: [{ oracle: 'feed', what: /lacks what the audit log has of publishing\.hold/ }],
  },
  {
    id: 'feed/releases-unlogged',
    area,
    file: 'apps/gateway/src/audit/audit.service.ts',
    find: '[JSON.stringify(rows.map(recordOf))]',
    replace: `[JSON.stringify(rows.filter((row) => row.action !== 'publishing.hold.changed.v1:released').map(recordOf))]`,
    what: 'the end of a hold is told and not remembered',
    signs: [{ oracle: 'feed', what: /the audit log has not, of publishing\.hold/ }],
  },
  {
    id: 'feed/policy-silent',
    area,
    file: 'apps/publishing/src/policy/late-policy.service.ts',
    find: '      tx.publish(latePolicyChanged, call, { before, after })\n',
    replace: '',
    what: 'a change of a policy is told to nobody',
    signs: [{ oracle: 'feed', operations: ['setLatePolicy'], what: /not in the audit log/ }],
  },
  {
    id: 'feed/deletion-silent',
    area,
    file: 'apps/content/src/posts/delete-post.ts',
    find: `      announcePost(tx, call, 'deleted', before, null)\n`,
    replace: '',
    what: 'that a post was deleted is told to nobody',
    signs: [{ oracle: 'feed', operations: ['deletePost'], what: /not in the audit log/ }],
  },
]
