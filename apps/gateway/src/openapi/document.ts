import { problemDetails } from '@hamava/contracts'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger'
import { z } from 'zod'
import { sessionCookie } from '../http/auth.guard.ts'

/** The API document: made from the routes and the contracts, written nowhere by hand. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const settings = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Hamava')
    .setDescription('Plan, write, approve, schedule, publish, listen, answer and measure.')
    .setVersion('1')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key or a session' },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'cookie', name: sessionCookie }, 'session')
    .build()
  const document = SwaggerModule.createDocument(app, settings)
  // Health answers besides the API; its two paths are described where it is operated.
  for (const path of Object.keys(document.paths)) {
    if (!path.startsWith('/v1/')) delete document.paths[path]
  }
  document.components ??= {}
  document.components.schemas ??= {}
  document.components.schemas.Problem = problemJsonSchema()
  for (const schema of Object.values(document.components.schemas)) nameExamples(schema)
  return document
}

/** OpenAPI 3.1 took over JSON Schema's word: `examples`, a list. */
function nameExamples(schema: object): void {
  if (!('example' in schema)) return
  Object.assign(schema, { examples: [schema.example] })
  delete schema.example
}

function problemJsonSchema() {
  const { $schema: _draft, ...schema } = z.toJSONSchema(problemDetails, { io: 'output' })
  const text = JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')
  const { $defs: _inlined, ...inner } = JSON.parse(text) as Record<string, object>
  return inner
}
