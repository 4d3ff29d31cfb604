import { problemDetails } from '@hamava/contracts'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { z } from 'zod'
import { feedTypes } from '../feed/feed-types.ts'
import { sessionCookies } from '../http/session-cookie.ts'
import { describeAnswers } from './describe-answers.ts'
import { describeRefusals } from './describe-refusals.ts'
import { rules } from './rules.ts'

/** The API document: made from the routes and the contracts, written nowhere by hand. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Hamava')
    .setDescription(rules)
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key or a session' },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'cookie', name: sessionCookies.http }, 'session')
    .build()
  const document = SwaggerModule.createDocument(app, settings)
  // Health answers besides the API; its two paths are described where it is operated.
  for (const path of Object.keys(document.paths)) {
    if (!path.startsWith('/v1/')) delete document.paths[path]
  }
  document.components ??= {}
  document.components.schemas ??= {}
  Object.assign(document.components.schemas, problemSchemas(), { EventType: eventType })
  for (const schema of Object.values(document.components.schemas)) nameExamples(schema)
  describeAnswers(document)
  describeRefusals(document)
  return document
}

/** What the live feed may carry: the values of `types`, and of `event:` in the stream. */
const eventType = { type: 'string', enum: feedTypes.map(({ event }) => event.name) }

/** OpenAPI 3.1 took over JSON Schema's word: `examples`, a list. */
function nameExamples(schema: object): void {
  if (!('example' in schema)) return
  Object.assign(schema, { examples: [schema.example] })
  delete schema.example
}

/** The problem's schema with those it refers to, as components. */
function problemSchemas(): Record<string, object> {
  const { $schema: _draft, $defs = {}, ...problem } = z.toJSONSchema(problemDetails)
  const all = '$ref' in problem ? $defs : { ...$defs, Problem: problem }
  return JSON.parse(JSON.stringify(all).replaceAll('#/$defs/', '#/components/schemas/'))
}
