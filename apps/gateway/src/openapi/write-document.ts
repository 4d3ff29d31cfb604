/**
 * Writes `openapi.json`, the committed document of the API; with `--check` fails when it is out of date.
 * Nothing is started: the routes alone say what there is.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serviceModule } from '@hamava/bus'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { Config } from '../config.ts'
import { partsOf } from '../service.ts'
import { createDocument } from './document.ts'

const file = join(import.meta.dirname, '../../openapi.json')

// A preview makes nothing, so the settings are never used.
const parts = partsOf({
  DATABASE_URL: 'postgres://preview',
  LOG_LEVEL: 'error',
  TRUST_PROXY: '',
} as Config)
const app = await NestFactory.create<NestFastifyApplication>(
  serviceModule(parts),
  new FastifyAdapter(),
  { preview: true, logger: ['error'] },
)
const document = `${JSON.stringify(createDocument(app), null, 2)}\n`
if (!process.argv.includes('--check')) await writeFile(file, document)
else if ((await readFile(file, 'utf8').catch(() => '')) !== document) {
  console.error('apps/gateway/openapi.json is not what the routes say: npm run api')
  process.exitCode = 1
}
