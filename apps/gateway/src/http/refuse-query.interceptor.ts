import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common'
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js'
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js'
import type { FastifyRequest } from 'fastify'
import type { Observable } from 'rxjs'
import { invalidInput } from './problems/invalid-input.ts'
import { rulesOf } from './route.ts'

/** A route that takes no query refuses any: an unknown parameter is a slip of the caller's. */
@Injectable()
export class RefuseQuery implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const rules = rulesOf(context.getHandler())
    // Others choose the URLs at which they check our health and call our webhooks, query included.
    if (!rules || rules.needs === 'public') return next.handle()
    const query = context.switchToHttp().getRequest<FastifyRequest>().query as object
    const keys = Object.keys(query)
    if (keys.length > 0 && !takesQuery(context)) {
      const message = `Unrecognized key${keys.length > 1 ? 's' : ''}: ${keys.join(', ')}`
      throw invalidInput([{ code: 'unrecognized_keys', keys, message, path: [] }], query)
    }
    return next.handle()
  }
}

function takesQuery(context: ExecutionContext): boolean {
  const { name } = context.getHandler()
  const parameters: object =
    Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), name) ?? {}
  return Object.keys(parameters).some((key) => Number(key.split(':')[0]) === RouteParamtypes.QUERY)
}
