import { AppError } from '@hamava/service-kit'
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { catchError, map, type Observable } from 'rxjs'
import { etagOf, isKnown } from './entity-tags.ts'

const safeMethods = ['GET', 'HEAD']

/**
 * Answers that have a version get their ETag. A reader who has it already gets 304, and a change meant for another
 * version is told the current one.
 */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle()
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    return next.handle().pipe(
      map((body: unknown) => {
        const shown = versionedIn(body)
        if (!shown) return body
        const etag = etagOf(shown.version, shown)
        reply.header('ETag', etag)
        if (!safeMethods.includes(request.method) || !isKnown(request.headers, etag)) return body
        reply.status(304)
        return undefined
      }),
      catchError(async (error: unknown) => {
        if (error instanceof AppError && error.code === 'stale') {
          await tellCurrent(request, reply).catch(() => undefined)
        }
        throw error
      }),
    )
  }
}

/** The versioned thing in an answer: the answer itself, or its `post`. */
function versionedIn(body: unknown): { version: number } | null {
  if (typeof body !== 'object' || body === null) return null
  if ('post' in body) return versionedIn(body.post)
  return 'version' in body && typeof body.version === 'number'
    ? (body as { version: number })
    : null
}

/**
 * Best effort: the current tag is the one that a GET of the thing answers now; the thing's address is the first three
 * parts of the path.
 */
async function tellCurrent({ server, url, headers }: FastifyRequest, reply: FastifyReply) {
  const { authorization, cookie } = headers
  const current = await server.inject({
    method: 'GET',
    url: url.split('?')[0]?.split('/').slice(0, 4).join('/') ?? '',
    headers: { ...(authorization && { authorization }), ...(cookie && { cookie }) },
  })
  const { etag } = current.headers
  if (etag) reply.header('ETag', etag)
}
