import { AppError, type SecretBox } from '@hamava/service-kit'
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import { map, type Observable } from 'rxjs'
import { secretBoxToken } from '../tokens.ts'
import type { HamavaRequest } from './caller.ts'

const signatureLength = 22

/** Signs the cursors that leave for their list and workspace, and checks the signature of those that come back. */
@Injectable()
export class SignedCursors implements NestInterceptor {
  constructor(@Inject(secretBoxToken) private readonly box: SecretBox) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle()
    const request = context.switchToHttp().getRequest<HamavaRequest>()
    const list = `${request.caller?.call.workspaceId} ${request.url.split('?')[0]}`
    const query = request.query as { cursor?: unknown }
    if (query.cursor !== undefined) query.cursor = this.checked(query.cursor, list)
    return next.handle().pipe(map((body: unknown) => this.signed(body, list)))
  }

  /** Throws `bad_cursor`. */
  private checked(signed: unknown, list: string): string {
    const [cursor = '', signature] = typeof signed === 'string' ? signed.split('.') : []
    const isOurs = this.signaturesOf(cursor, list).some((one) => one === signature)
    if (!isOurs) throw new AppError('bad_cursor')
    return cursor
  }

  private signed(body: unknown, list: string): unknown {
    if (typeof body !== 'object' || body === null || !('nextCursor' in body)) return body
    const { nextCursor } = body
    if (typeof nextCursor !== 'string') return body
    return { ...body, nextCursor: `${nextCursor}.${this.signaturesOf(nextCursor, list)[0]}` }
  }

  private signaturesOf(cursor: string, list: string): string[] {
    return this.box
      .fingerprints(cursor, `cursor of ${list}`)
      .map((signature) => signature.slice(0, signatureLength))
  }
}
