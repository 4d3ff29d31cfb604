import Fastify from 'fastify'
import { answerQuestions } from './answer-questions.mjs'

/** Fastify with nothing around it: a greeting, and the same answer as the gateway's, with the query checked. */
const app = Fastify()
const answer = JSON.parse(process.env.ANSWER)
app.get('/hello', async () => ({ status: 'ok' }))
const querystring = {
  type: 'object',
  properties: { limit: { type: 'integer', minimum: 1, maximum: 100, default: 50 } },
}
app.get('/read', { schema: { querystring } }, async () => answer)
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
answerQuestions(() => ({}))
