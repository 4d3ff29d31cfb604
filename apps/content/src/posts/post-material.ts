import { RequestClient } from '@hamava/bus'
import {
  type CallContext,
  type Channel,
  type Post,
  resolveChannels,
  resolveSchedule,
  type Schedule,
  type ScheduleInput,
  type StoredAsset,
} from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import type { EntityManager } from 'typeorm'
import { assetsById } from '../assets/assets.service.ts'
import { checkTargets, findingsOf, refuseTooLarge, refuseUnpublishable } from './check-post.ts'
import { assetIdsOf } from './snapshot.ts'

/** What a post is made of besides its words. */
export interface Material {
  channels: Map<string, Channel>
  assets: Map<string, StoredAsset>
}

type Said = Pick<Post, 'text' | 'assets' | 'parts' | 'firstComment' | 'targets'>

/** Gathers what a post refers to, and refuses what is not there or not the caller's. */
@Injectable()
export class PostMaterial {
  constructor(private readonly requests: RequestClient) {}

  async gather(manager: EntityManager, call: CallContext, said: Said): Promise<Material> {
    const [channels, assets] = await Promise.all([
      this.channelsOf(call, said),
      assetsById(manager, call, assetIdsOf(said)),
    ])
    checkTargets(call, said, channels)
    return { channels, assets }
  }

  /** Also refuses what the networks would. */
  async gatherPublishable(
    manager: EntityManager,
    call: CallContext,
    said: Said,
  ): Promise<Material> {
    const material = await this.gather(manager, call, said)
    refuseUnpublishable(said, findingsOf(said, material.channels, material.assets))
    refuseTooLarge(said, material.assets)
    return material
  }

  /** Scheduling decides when. */
  when(call: CallContext, schedule: ScheduleInput): Promise<Schedule> {
    return this.requests.send(resolveSchedule, call, { schedule })
  }

  private async channelsOf(call: CallContext, said: Said): Promise<Map<string, Channel>> {
    const ids = said.targets.map((target) => target.channelId)
    if (ids.length === 0) return new Map()
    const { channels } = await this.requests.send(resolveChannels, call, { ids })
    return new Map(channels.map((channel) => [channel.id, channel]))
  }
}
