import {
  approvalPolicyChanged,
  assetChanged,
  channelChanged,
  conversationChanged,
  type EventContract,
  holdChanged,
  latePolicyChanged,
  type Permission,
  postChanged,
  publicationChanged,
  publicationMissing,
  publicationStuck,
} from '@hamava/contracts'

/** An event that listeners may hear of: what they need to hear it, and what it is about. */
export interface FeedType {
  event: EventContract
  needs: Permission
  /** The kind of thing and the field with its id; null for an event that changes no thing. */
  subject: { kind: string; field: string } | null
}

/** What the live feed carries and, where it has a subject, the audit log remembers. */
export const feedTypes: FeedType[] = [
  { event: postChanged, needs: 'posts:read', subject: { kind: 'post', field: 'postId' } },
  { event: assetChanged, needs: 'posts:read', subject: { kind: 'asset', field: 'assetId' } },
  {
    event: approvalPolicyChanged,
    needs: 'workspace:read',
    subject: { kind: 'approval-policy', field: '' },
  },
  {
    event: publicationChanged,
    needs: 'publications:read',
    subject: { kind: 'publication', field: 'publicationId' },
  },
  { event: publicationStuck, needs: 'publications:read', subject: null },
  { event: publicationMissing, needs: 'publications:read', subject: null },
  { event: holdChanged, needs: 'publications:read', subject: { kind: 'hold', field: 'holdId' } },
  {
    event: latePolicyChanged,
    needs: 'workspace:read',
    subject: { kind: 'late-policy', field: '' },
  },
  {
    event: channelChanged,
    needs: 'channels:read',
    subject: { kind: 'channel', field: 'channelId' },
  },
  {
    event: conversationChanged,
    needs: 'inbox:read',
    subject: { kind: 'conversation', field: 'conversationId' },
  },
]
