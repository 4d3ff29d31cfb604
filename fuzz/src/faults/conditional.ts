import type { Fault } from './fault.ts'

const area = 'conditional requests'

export const conditional: readonly Fault[] = [
  {
    id: 'conditional/asset-newer',
    area,
    file: 'apps/content/src/assets/assets.service.ts',
    find: '      expectVersion(versions, row.version)\n',
    replace: '',
    what: 'a picture can be changed from any version',
    signs: [{ oracle: 'conditional', operations: ['editAsset'], what: /^If-Match/ }],
  },
  {
    id: 'conditional/tag-of-version',
    area,
    file: 'apps/gateway/src/http/entity-tags.ts',
    find: `.\${canonicalHash(JSON.parse(JSON.stringify(shown))).slice(0, 16)}`,
    replace: `.\${JSON.stringify(shown).length < 0}`,
    what: 'a tag tells the version alone, whatever else is shown',
    signs: [{ oracle: 'conditional', what: /same ETag/ }],
  },
  {
    id: 'conditional/any-is-none',
    area,
    file: 'apps/gateway/src/http/entity-tags.ts',
    find: `tags === '*' || (tags?.some(({ opaque }) => \`"\${opaque}"\` === etag) ?? false)`,
    replace: `tags !== '*' && (tags?.some(({ opaque }) => \`"\${opaque}"\` === etag) ?? false)`,
    what: '`If-None-Match: *` is no condition',
    signs: [{ oracle: 'conditional', what: /no 304 for If-None-Match of any/ }],
  },
  {
    id: 'conditional/current-untold',
    area,
    file: 'apps/gateway/src/http/etag.interceptor.ts',
    find: `  if (etag) reply.header('ETag', etag)\n`,
    replace: `  if (!etag) reply.header('ETag', '')\n`,
    what: 'who meant another version is not told the current one',
    signs: [{ oracle: 'conditional', what: /412 without/ }],
  },
  {
    id: 'conditional/conversation-newer',
    area,
    file: 'apps/listening/src/conversations/edit-conversation.ts',
    find: '      expectVersion(versions, row.version)\n',
    replace: '',
    what: 'a conversation can be closed from any version',
    signs: [{ oracle: 'conditional', operations: ['editConversation'], what: /^If-Match/ }],
  },
  {
    id: 'conditional/post-newer',
    area,
    file: 'apps/content/src/posts/post-store.ts',
    find: '  expectVersion(versions, row.version)\n',
    replace: '',
    what: 'a post can be changed from any version',
    signs: [
      {
        oracle: 'conditional',
        operations: ['editPost', 'deletePost', 'approvePost', 'requestChanges', 'withdrawApproval'],
        what: /^If-Match/,
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
