import { busEntities, createService, OnRequest } from '@hamava/bus'
import { getApprovalPolicy } from '@hamava/contracts'
import { createLogger } from '@hamava/service-kit'
import { Controller, Module } from '@nestjs/common'
import { answerQuestions } from './answer-questions.ts'

/** A service that answers without doing anything: what is measured is the way there and back. */
class Policies {
  async get() {
    return { approval: 'none' as const }
  }
}

class PoliciesModule {}

// Node only strips types from these files, so decorators are called by hand.
const method = Object.getOwnPropertyDescriptor(Policies.prototype, 'get')
if (!method) throw new Error('no such method')
OnRequest(getApprovalPolicy)(Policies.prototype, 'get', method)
Object.defineProperty(Policies.prototype, 'get', method)
Controller()(Policies)
Module({ controllers: [Policies] })(PoliciesModule)

const { NATS_URL: natsUrl = '', DATABASE_URL: databaseUrl = '' } = process.env
const service = await createService({
  service: 'content',
  natsUrl,
  databaseUrl,
  consumes: [],
  database: { entities: busEntities, migrations: [] },
  modules: [PoliciesModule],
  http: { port: 0, host: '127.0.0.1' },
  logger: createLogger('content', 'warn'),
})
await service.start()
answerQuestions(() => ({}))
