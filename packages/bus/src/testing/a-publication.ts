import type { Publication } from '@hamava/contracts'

const noon = '2026-01-01T12:00:00.000Z'

/** A publication as publishing tells of it: by default an approved, planned post on the sandbox. */
export function aPublication(said: Partial<Publication> & Pick<Publication, 'id'>): Publication {
  return {
    workspaceId: 'ws',
    kind: 'post',
    postId: 'post',
    messageId: null,
    conversationId: null,
    excerpt: '',
    campaignId: null,
    channelId: 'ch',
    network: 'sandbox',
    state: 'planned',
    dueAt: noon,
    nextAttemptAt: null,
    publishedAt: null,
    latenessMs: null,
    remoteId: null,
    permalink: null,
    parts: [],
    partCount: 1,
    formerParts: [],
    approved: true,
    reason: null,
    risks: [],
    holdId: null,
    version: 1,
    revision: 1,
    createdAt: noon,
    ...said,
  }
}
