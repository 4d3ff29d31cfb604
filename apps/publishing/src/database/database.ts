import { busEntities } from '@hamava/bus'
import type { DatabaseParts } from '@hamava/service-kit'
import { ChannelRow } from '../channels/channel.entity.ts'
import { OAuthAttempt } from '../channels/oauth-attempt.entity.ts'
import { AttemptRow } from '../publications/attempt.entity.ts'
import { PublicationRow } from '../publications/publication.entity.ts'
import { migrations } from './migrations/index.ts'

export const database: DatabaseParts = {
  entities: [...busEntities, ChannelRow, OAuthAttempt, PublicationRow, AttemptRow],
  migrations,
}
