import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { map, type Observable } from 'rxjs'

/** Answers that have a version get it as their ETag; a reader who has it already gets 304. */
@Injectable()
export class EtagInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle()
    const request = context.switchToHttp().getRequest<FastifyRequest>()
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    return next.handle().pipe(
      map((body: unknown) => {
        const version = versionOf(body)
        if (version === null) return body
        const etag = `"${version}"`
        reply.header('ETag', etag)
        if (request.method !== 'GET' || request.headers['if-none-match'] !== etag) return body
        reply.status(304)
        return undefined
      }),
    )
  }
}

function versionOf(body: unknown): number | null {
  if (typeof body !== 'object' || body === null) return null
  if ('post' in body) return versionOf(body.post)
  return 'version' in body && typeof body.version === 'number' ? body.version : null
}
