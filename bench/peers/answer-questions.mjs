/** Says that the program is ready, then answers what its parent asks. */
export function answerQuestions(answer) {
  process.on('message', async (question) => {
    try {
      process.send(await answer(question))
    } catch (error) {
      process.send({ error: String(error.stack ?? error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.send({ ready: true })
}
