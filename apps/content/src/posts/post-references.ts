import { RequestClient } from '@hamava/bus'
import {
  type CallContext,
  type Channel,
  type PostContent,
  resolveChannels,
  resolveSchedule,
  type Schedule,
  type ScheduleInput,
  type StoredAsset,
} from '@hamava/contracts'
import { assetIdsOf } from '@hamava/networks/rules'
import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { assetsById } from '../assets/assets.service.ts'
import {
  channelsOf,
  checkTargets,
  findingsOf,
  refuseTooLarge,
  refuseUnpublishable,
} from './check-post.ts'

/** The channels and assets that a post refers to, by id. */
export interface References {
  channels: Map<string, Channel>
  assets: Map<string, StoredAsset>
}

/** Loads the channels and assets of a post; refuses those that do not exist or are not the caller's. */
@Injectable()
export class PostReferences {
  constructor(private readonly requests: RequestClient) {}

  async load(manager: EntityManager, call: CallContext, content: PostContent): Promise<References> {
    const [channels, assets] = await Promise.all([
      this.channels(call, content),
      assetsById(manager, call, assetIdsOf(content)),
    ])
    checkTargets(call, content, channels)
    return { channels, assets }
  }

  /** Also refuses what the networks would. */
  async loadAndValidate(
    manager: EntityManager,
    call: CallContext,
    content: PostContent,
  ): Promise<References> {
    const references = await this.load(manager, call, content)
    refuseUnpublishable(content, findingsOf(content, references.channels, references.assets))
    refuseTooLarge(content, references.assets)
    return references
  }

  /** Scheduling decides when. */
  resolveSchedule(call: CallContext, schedule: ScheduleInput): Promise<Schedule> {
    return this.requests.send(resolveSchedule, call, { schedule })
  }

  private async channels(call: CallContext, content: PostContent): Promise<Map<string, Channel>> {
    const ids = channelsOf(content)
    if (ids.length === 0) return new Map()
    const { channels } = await this.requests.send(resolveChannels, call, { ids })
    return new Map(channels.map((channel) => [channel.id, channel]))
  }
}
