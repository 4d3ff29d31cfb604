import { answerQuestions } from './answer-questions.mjs'
import { poster } from './post-to-network.mjs'

/** The floor: a loop of requests on each connection, and nothing that would survive a crash. */
const connections = Number(process.env.CONNECTIONS)
const post = poster(process.env.NETWORK_URL, connections)

answerQuestions(async ({ count }) => {
  const dueAt = Date.now()
  let next = 0
  const loop = async () => {
    while (next < count) await post({ number: next++, dueAt })
  }
  await Promise.all(Array.from({ length: connections }, loop))
  return { dueAt }
})
