import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { AllowedMethods } from './allowed-methods.ts'
import { sendProblem } from './problems/send-problem.ts'
import { toAppError } from './problems/to-app-error.ts'

/** Collects the methods of each path and answers `OPTIONS` with them. */
export function answerOptions(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance()
  const allowed = app.get(AllowedMethods)
  fastify.addHook('onRoute', (route) => allowed.note(route))
  fastify.options('*', (request, reply) => {
    const methods = allowed.at(request.url)
    if (methods.length > 0) reply.status(204).header('Allow', methods.join(', ')).send()
    else sendProblem(toAppError({ statusCode: 404 }, request, []), request, reply)
  })
}
