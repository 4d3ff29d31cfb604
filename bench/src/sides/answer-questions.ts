/** The other end of a `Side`: says that the program is ready, then answers questions. */
export function answerQuestions<Q, A extends object>(
  answer: (question: Q) => Promise<A> | A,
): void {
  process.on('message', async (question) => {
    try {
      process.send?.(await answer(question as Q))
    } catch (error) {
      process.send?.({ error: String((error as Error).stack ?? error) })
    }
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.({ ready: true })
}
