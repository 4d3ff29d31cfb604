import type { VersionsRead } from '@hamava/contracts'
import { AppError } from '@hamava/service-kit'
import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { readTags } from './entity-tags.ts'

/** The versions that `If-Match` allows, `null` for `*`. Throws `if_match_required` where it is absent. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): VersionsRead => {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']
    if (!header) throw new AppError('if_match_required')
    const tags = readTags(header)
    if (!tags) {
      throw new AppError('malformed_request', {
        detail: 'If-Match is neither * nor a list of ETags',
      })
    }
    if (tags === '*') return null
    // A weak tag matches nothing here (RFC 9110, 13.1.1), nor does one that is not ours.
    return tags
      .filter(({ isWeak }) => !isWeak)
      .flatMap(({ opaque }) => /^(\d{1,9})(?:\.[\w-]*)?$/.exec(opaque)?.[1] ?? [])
      .map(Number)
      .slice(0, 20)
  },
)
