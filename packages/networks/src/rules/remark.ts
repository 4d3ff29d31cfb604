import type { ChannelFinding, FindingCode } from './finding.ts'

/** A finding before it is said which channel it is about. */
export type Remark = Omit<ChannelFinding, 'channelId' | 'network' | 'code'> & { code: FindingCode }
