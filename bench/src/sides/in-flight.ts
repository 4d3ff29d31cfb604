/** Does the work `count` times, a given number at a time; returns the rate per second. */
export async function inFlight(
  atATime: number,
  count: number,
  work: () => Promise<unknown>,
): Promise<number> {
  let left = count
  const begun = performance.now()
  const loop = async () => {
    while (left-- > 0) await work()
  }
  await Promise.all(Array.from({ length: atATime }, loop))
  return count / ((performance.now() - begun) / 1000)
}
