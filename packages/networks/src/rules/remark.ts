import type { ChannelFinding, FindingCode } from './finding.ts'

/** A finding without its channel and network. */
export type Remark = Omit<ChannelFinding, 'channelId' | 'network' | 'code'> & { code: FindingCode }
