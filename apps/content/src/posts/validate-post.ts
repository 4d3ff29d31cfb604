import type { CallContext, OutputOf, PostInput, validatePost } from '@hamava/contracts'
import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { bounded, findingsOf, sizeFindings } from './check-post.ts'
import { PostMaterial } from './post-material.ts'

@Injectable()
export class ValidatePost {
  constructor(
    private readonly dataSource: DataSource,
    private readonly material: PostMaterial,
  ) {}

  /** Says what would come of a post, and keeps nothing. */
  async validate(call: CallContext, input: PostInput): Promise<OutputOf<typeof validatePost>> {
    const said = {
      text: input.text,
      assets: input.assets ?? [],
      parts: input.parts ?? [],
      firstComment: input.firstComment ?? null,
      targets: input.targets,
    }
    const { channels, assets } = await this.material.gather(this.dataSource.manager, call, said)
    if (input.schedule) await this.material.when(call, input.schedule)
    const findings = [
      ...sizeFindings(said, channels, assets),
      ...findingsOf(said, channels, assets),
    ]
    const isBlocked = findings.some((finding) => finding.level === 'blocks')
    return { publishable: !isBlocked && said.targets.length > 0, ...bounded(findings) }
  }
}
