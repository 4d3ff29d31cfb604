import type { Permission, ProblemCode } from '@hamava/contracts'
import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common'
import {
  ApiBearerAuth,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiSecurity,
} from '@nestjs/swagger'
import type { z } from 'zod'

/** What the guard must know of a route. */
export interface RouteRules {
  /**
   * The permission it needs; `null` for everybody who is known, `person` for those of them who have logged
   * in themselves, `public` for everybody.
   */
  needs: Permission | 'public' | 'person' | null
  /** Whether it cannot be called without an `Idempotency-Key`. */
  keyRequired: boolean
}

export interface RouteOptions {
  summary: string
  /** What else its callers must know, in Markdown. */
  description?: string
  needs: RouteRules['needs']
  /** The schema of the answer, or a content type where it is none of JSON. */
  ok: z.ZodType | { contentType: string }
  status?: 200 | 201 | 202 | 204
  /** Whether it must, or at least may, be called with an `Idempotency-Key`. */
  keyRequired?: boolean
  /** Changes a versioned thing: `If-Match` is required. */
  versioned?: boolean
  /** Path parameters and what they are. */
  params?: Record<string, string>
  /** Its name in the SDK, unique. */
  operationId: string
  /** The codes with which it refuses, besides those of every route of its kind. */
  refuses?: ProblemCode[]
}

const rulesKey = 'hamava:route'

/** The key under which an operation lists its own refusals, until the document is made. */
export const ownRefusals = 'x-problems'

/** Everything that a route says about itself, for the guard and for the API document alike. */
export function Route(options: RouteOptions): MethodDecorator {
  const { summary, needs, ok, status = 200, operationId } = options
  const description = [descriptionOf(needs), options.description].filter(Boolean).join('\n\n')
  const rules: RouteRules = { needs, keyRequired: options.keyRequired ?? false }
  return applyDecorators(
    SetMetadata(rulesKey, rules),
    HttpCode(status),
    ApiOperation({
      summary,
      operationId,
      ...(description && { description }),
      ...({ 'x-permission': needs ?? 'logged-in' } as object),
    }),
    success(status, ok),
    ApiExtension(ownRefusals, options.refuses ?? []),
    ApiResponse({
      status: 'default',
      description: 'A problem: what is wrong, and what to do about it',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
    ...Object.entries(options.params ?? {}).map(([name, description]) =>
      ApiParam({ name, description, schema: { type: 'string' } }),
    ),
    ...(needs === 'public' ? [] : [ApiBearerAuth('bearer'), ApiSecurity('session')]),
    ...(options.keyRequired !== undefined
      ? [
          header(
            'Idempotency-Key',
            options.keyRequired,
            'A new random key per action, the same one to repeat it.',
          ),
        ]
      : []),
    ...(options.versioned
      ? [
          header(
            'If-Match',
            true,
            'The ETag of what you read, a list of them, or `*`: its first part, the version, must be the current one. 412 otherwise, with the current ETag.',
          ),
        ]
      : []),
  )
}

function descriptionOf(needs: RouteRules['needs']): string {
  if (needs === 'person') return 'For people who have logged in; a key cannot.'
  return needs && needs !== 'public' ? `Needs \`${needs}\`.` : ''
}

export function rulesOf(handler: object): RouteRules | undefined {
  return Reflect.getMetadata(rulesKey, handler) as RouteRules | undefined
}

function success(status: number, ok: RouteOptions['ok']): MethodDecorator {
  const description = status === 201 ? 'Made' : 'Done'
  if ('contentType' in ok) {
    const schema = { type: 'string' } as const
    return ApiResponse({ status, description, content: { [ok.contentType]: { schema } } })
  }
  return ApiResponse({ status, description, standardSchema: ok })
}

function header(name: string, required: boolean, description: string): MethodDecorator {
  return ApiHeader({ name, required, description, schema: { type: 'string' } })
}
