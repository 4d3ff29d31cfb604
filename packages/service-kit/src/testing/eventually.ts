/**
 * Waits for a fact: asks until the answer is neither null, undefined nor false, and gives it back.
 * Throws after `withinMs`, naming what was awaited.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T> | T,
  withinMs = 10_000,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) {
      return answer as Exclude<T, null | undefined | false>
    }
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
