import { jetstream } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { answerQuestions } from './answer-questions.mjs'

/** The same bodies into a stream by the bare client, 256 at a time. */
const connection = await connect({ servers: process.env.NATS_URL })
const js = jetstream(connection)

answerQuestions(async ({ count, subject, body }) => {
  let left = count
  const loop = async () => {
    while (left-- > 0) await js.publish(subject, JSON.stringify(body))
  }
  await Promise.all(Array.from({ length: 256 }, loop))
  return {}
})
