import type { QueryKey } from '@tanstack/react-query'
import type { EventType } from '../types.ts'

/** The queries to refetch after an event, for every event type, so that none is forgotten. */
export const affected: Record<EventType, QueryKey[]> = {
  'content.post.changed.v1': [['posts'], ['calendar'], ['publications']],
  'content.asset.changed.v1': [['assets']],
  'content.policy.changed.v1': [['approval-policy']],
  'publishing.publication.changed.v1': [['publications'], ['calendar'], ['posts']],
  'publishing.publication.stuck.v1': [['publications']],
  'content.publication.missing.v1': [['publications']],
  'publishing.channel.changed.v1': [['channels'], ['publications']],
  'publishing.hold.changed.v1': [['holds'], ['publications']],
  'publishing.policy.changed.v1': [['late-policy']],
  'listening.conversation.changed.v1': [['conversations']],
}
