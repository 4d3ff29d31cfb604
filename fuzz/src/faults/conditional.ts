import type { Fault } from './fault.ts'

const area = 'conditional requests'

export const conditional: readonly Fault[] = [
  {
    id: 'conditional/asset-newer',
    area,
    file: 'apps/content/src/assets/assets.service.ts',
    find: 'if (row.version !== version) {',
    replace: 'if (row.version > version) {',
    what: 'a picture can be changed from a version that never was',
    signs: [{ oracle: 'conditional', operations: ['editAsset'], what: /of another/ }],
  },
  {
    id: 'conditional/asset-same-version',
    area,
    file: 'apps/content/src/assets/assets.service.ts',
    find: 'Object.assign(row, changes, { version: version + 1 })',
    replace: 'Object.assign(row, changes)',
    what: 'a changed picture keeps its version',
    signs: [{ oracle: 'conditional', operations: ['getAsset', 'editAsset'], what: /same ETag/ }],
  },
  {
    id: 'conditional/conversation-newer',
    area,
    file: 'apps/listening/src/conversations/edit-conversation.ts',
    find: 'if (row.version !== version)',
    replace: 'if (row.version > version)',
    what: 'a conversation can be closed from a version that never was',
    signs: [{ oracle: 'conditional', operations: ['editConversation'], what: /of another/ }],
  },
  {
    id: 'conditional/post-newer',
    area,
    file: 'apps/content/src/posts/post-store.ts',
    find: 'if (version !== undefined && row.version !== version) {',
    replace: 'if (version !== undefined && row.version > version) {',
    what: 'a post can be changed from a version that never was',
    signs: [
      {
        oracle: 'conditional',
        operations: ['editPost', 'deletePost', 'approvePost', 'requestChanges', 'withdrawApproval'],
        what: /of another/,
      },
    ],
  },
  {
    id: 'conditional/stale-as-conflict',
    area,
    file: 'packages/contracts/src/problems.ts',
    find: '  stale: 412,',
    replace: '  stale: 409,',
    what: 'a change of something that was changed meanwhile is a conflict like any other',
    signs: [{ oracle: 'conditional', what: /of another: not refused with 412/ }],
  },
]
