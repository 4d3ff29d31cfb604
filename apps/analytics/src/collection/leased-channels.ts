import { LeasedRows } from '@hamava/service-kit'
import type { DataSource } from 'typeorm'
import { MeasuredChannelRow } from '../subjects/channel.entity.ts'

/** Leases on channels of which something is due: their own numbers, or those of a post. */
export const leasedChannels = (dataSource: DataSource) =>
  new LeasedRows(dataSource, {
    entity: MeasuredChannelRow,
    key: 'channelId',
    notBefore: 'notBefore',
    isDue: `next_collect_at <= now()
      or exists (select 1 from subjects s
                 where s.channel_id = leased.channel_id and s.next_collect_at <= now())`,
  })
