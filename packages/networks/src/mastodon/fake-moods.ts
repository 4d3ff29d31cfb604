/** How one server software with Mastodon's API behaves. The facts are those of real servers, not of our manifest. */
export interface Mood {
  /** The software's name in nodeinfo; null if the server has no nodeinfo. */
  software: string | null
  /** As `/api/v2/instance` tells it. */
  version: string
  maxCharacters: number
  maxMedia: number
  maxDescription: number
  /**
   * When a key is stored: with a finished status, with any answer, or never. In every mood a request does not see a
   * concurrent one with the same key.
   */
  keys: 'status' | 'any answer' | 'never'
  /** What a text may be written in. */
  format: 'plain' | 'markdown'
  /** Whether the author can read a status as it was written. */
  hasSource: boolean
  hasConversations: boolean
  /** Which items `min_id` returns: those right after it, or the newest. */
  minId: 'following' | 'newest'
  /** Whether a status of media alone may carry an empty text. */
  takesEmptyText: boolean
  /** The field with the details of an error. */
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

/** By name, as given when a fake is started. */
export const moods: Record<string, Mood> = {
  mastodon,
  /** Ignores idempotency keys and is in no list of such servers. */
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
  /** Differs in everything that the documentation leaves open, and in some that it does not. */
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
