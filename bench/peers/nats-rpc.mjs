import { connect } from '@nats-io/transport-node'
import { answerQuestions } from './answer-questions.mjs'

/** A request and its reply by the bare client, as large as ours, parsed at both ends. */
const connection = await connect({ servers: process.env.NATS_URL })
const question = {
  pattern: 'bare.policy.get',
  data: {},
  id: 'evt_01k0000000000000000000000',
}
const answer = {
  response: { ok: true, value: { approval: 'none' } },
  isDisposed: true,
  id: question.id,
}
if (process.env.ROLE === 'answers') {
  connection.subscribe(question.pattern, {
    queue: 'bare',
    callback: (_, message) => {
      message.json()
      message.respond(JSON.stringify(answer))
    },
  })
  await connection.flush()
}

answerQuestions(async ({ count }) => {
  let left = count
  const begun = performance.now()
  const loop = async () => {
    while (left-- > 0) {
      const reply = await connection.request(question.pattern, JSON.stringify(question), {
        timeout: 5_000,
      })
      reply.json()
    }
  }
  await Promise.all(Array.from({ length: 64 }, loop))
  return { perSecond: count / ((performance.now() - begun) / 1000) }
})
