import type { Publication, Reason } from '@hamava/contracts'
import { contentOf, messagesOf } from '@hamava/networks/rules'
import { excerptOf } from '@hamava/service-kit'
import type { PostRow } from '../posts/post.entity.ts'
import type { PostPublicationRow } from '../posts/post-publication.entity.ts'

/** Why somebody should look: what was promised will not leave by itself. */
const unknownToPublishing: Reason = {
  code: 'unknown_to_publishing',
  message: {
    en: 'It is due, and the publishing service does not know it.',
    fa: 'زمان انتشارش رسیده و سرویس انتشار آن را نمی‌شناسد.',
  },
  fix: {
    en: 'Publish the post now, or give it a new time. If this keeps happening, contact your administrator.',
    fa: 'پست را همین حالا منتشر کنید یا زمان جدیدی به آن بدهید. اگر تکرار شد، با مدیر سیستم تماس بگیرید.',
  },
}

/** A publication as far as content knows it, in the form in which publishing will tell of it. */
export function promisedPublication(row: PostPublicationRow, post: PostRow): Publication {
  const messages = messagesOf(contentOf(post.content, row.channelId))
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    kind: 'post',
    postId: row.postId,
    messageId: null,
    conversationId: null,
    excerpt: excerptOf(messages[0]?.text ?? ''),
    campaignId: post.campaignId,
    channelId: row.channelId,
    network: row.network,
    state: row.state,
    dueAt: row.dueAt.toISOString(),
    nextAttemptAt: row.state === 'planned' ? row.dueAt.toISOString() : null,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    latenessMs: null,
    remoteId: row.remoteId,
    permalink: row.permalink,
    parts: [],
    formerParts: [],
    partCount: messages.length,
    approved: post.state === 'approved',
    reason: row.missingSince ? unknownToPublishing : null,
    risks: [],
    holdId: null,
    version: post.version,
    revision: row.revision,
    createdAt: post.updatedAt.toISOString(),
  }
}
