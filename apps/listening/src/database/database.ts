import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { ConversationRow } from '../conversations/conversation.entity.ts'
import { MessageRow } from '../conversations/message.entity.ts'
import { KnownPostRow } from '../publications/known-post.entity.ts'
import { SourceRow } from '../sources/source.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [...busEntities, SourceRow, ConversationRow, MessageRow, KnownPostRow],
  migrations,
}
