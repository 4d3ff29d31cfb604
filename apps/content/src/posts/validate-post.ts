import type { CallContext, OutputOf, PostInput, validatePost } from '@hamava/contracts'
import { toContent } from '@hamava/networks/rules'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { bounded, findingsOf, sizeFindings } from './check-post.ts'
import { PostReferences } from './post-references.ts'

@Injectable()
export class ValidatePost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly references: PostReferences,
  ) {}

  /** Says what would come of a post, and keeps nothing. */
  async validate(call: CallContext, input: PostInput): Promise<OutputOf<typeof validatePost>> {
    const content = toContent(input)
    const { channels, assets } = await this.references.load(this.dataSource.manager, call, content)
    if (input.schedule) await this.references.resolveSchedule(call, input.schedule)
    const findings = [
      ...sizeFindings(content, channels, assets),
      ...findingsOf(content, channels, assets),
    ]
    const isBlocked = findings.some((finding) => finding.level === 'blocks')
    return { publishable: !isBlocked && content.targets.length > 0, ...bounded(findings) }
  }
}
