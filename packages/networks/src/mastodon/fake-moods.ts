/** How one make of the servers that speak Mastodon's API behaves. Its facts are those of such servers, not of our manifest. */
export interface Mood {
  /** As its nodeinfo names it; null where it has no nodeinfo. */
  software: string | null
  /** As `/api/v2/instance` tells it. */
  version: string
  maxCharacters: number
  maxMedia: number
  maxDescription: number
  /**
   * When a key is kept: with a status that is done, with whatever was answered, or never. In every mood a request that
   * comes while another with its key is worked on knows nothing of it.
   */
  keys: 'status' | 'any answer' | 'never'
  /** What a text may be written in. */
  format: 'plain' | 'markdown'
  /** Whether the author can read a status as it was written. */
  hasSource: boolean
  hasConversations: boolean
  /** What `min_id` answers with: what follows it, or the newest of all. */
  minId: 'following' | 'newest'
  /** Whether a status of media alone may carry an empty text. */
  takesEmptyText: boolean
  /** Where a refusal says more than its `error`. */
  detailIn: 'error' | 'error_description' | 'message'
}

const mastodon: Mood = {
  software: 'mastodon',
  version: '4.5.2',
  maxCharacters: 500,
  maxMedia: 4,
  maxDescription: 1500,
  keys: 'status',
  format: 'plain',
  hasSource: true,
  hasConversations: true,
  minId: 'following',
  takesEmptyText: true,
  detailIn: 'error',
}

/** By their names for people who start one. */
export const moods: Record<string, Mood> = {
  mastodon,
  /** Knows no keys, and nobody's list says so. */
  without_keys: {
    ...mastodon,
    software: 'quietsocial',
    version: '0.9.1',
    maxCharacters: 5_000,
    maxDescription: 5_000,
    keys: 'never',
    hasSource: false,
  },
  /** Keeps each answer under its key, refusals too. */
  keeps_any_answer: {
    ...mastodon,
    software: 'pleroma',
    version: '2.7.2 (compatible; Pleroma 2.9.1)',
    maxCharacters: 5_000,
    keys: 'any answer',
  },
  /** Goes its own way in all that the documents leave open, and in some that they do not. */
  own_ways: {
    ...mastodon,
    software: null,
    version: '3.5.3 (compatible; Ownways 1.2)',
    maxCharacters: 10_000,
    maxMedia: 8,
    format: 'markdown',
    hasConversations: false,
    minId: 'newest',
    takesEmptyText: false,
    detailIn: 'message',
  },
}
