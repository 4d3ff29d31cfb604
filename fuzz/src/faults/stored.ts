import type { Fault } from './fault.ts'

const area = 'what is stored'

export const stored: readonly Fault[] = [
  {
    id: 'stored/campaign',
    area,
    file: 'apps/content/src/posts/create-post.ts',
    find: 'campaignId: input.campaignId ?? null,',
    replace: 'campaignId: null,',
    what: 'a new post forgets its campaign',
    signs: [{ oracle: 'stored', operations: ['createPost'], what: /campaignId/ }],
  },
  {
    id: 'stored/tags',
    area,
    file: 'apps/content/src/posts/create-post.ts',
    find: 'tags: input.tags ?? [],',
    replace: 'tags: [],',
    what: 'a new post forgets its tags',
    signs: [{ oracle: 'stored', operations: ['createPost'], what: /tags/ }],
  },
  {
    id: 'stored/hold-without-end',
    area,
    file: 'apps/publishing/src/holds/place-hold.ts',
    find: '        until,\n        placedBy: call.actor.memberId,',
    replace: '        until: null,\n        placedBy: call.actor.memberId,',
    what: 'a hold forgets when it ends',
    signs: [{ oracle: 'stored', operations: ['placeHold'], what: /until/ }],
  },
  {
    id: 'stored/late-policy',
    area,
    file: 'apps/publishing/src/policy/late-policy.service.ts',
    find: '{ workspaceId, ...after }',
    replace: '{ workspaceId, lateMinutes: before.lateMinutes }',
    what: 'what is said of lateness is answered and not kept',
    signs: [{ oracle: 'stored', operations: ['setLatePolicy'], what: /lateMinutes/ }],
  },
  {
    id: 'stored/approval-policy',
    area,
    file: 'apps/content/src/approval/approval-policy.service.ts',
    find: '{ workspaceId, ...after }',
    replace: `{ workspaceId, approval: 'none' }`,
    what: 'what is said of approval is answered and not kept',
    signs: [{ oracle: 'stored', operations: ['setApprovalPolicy'], what: /approval/ }],
  },
  {
    id: 'stored/deleted-post',
    area,
    file: 'apps/content/src/posts/delete-post.ts',
    find: '      row.deletedAt = new Date()\n',
    replace: '',
    what: 'a post that was deleted stays',
    signs: [{ oracle: 'stored', operations: ['deletePost'], what: /still there/ }],
  },
]
