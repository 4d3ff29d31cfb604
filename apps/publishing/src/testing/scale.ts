/** `npm test` runs the failure catalogue at a tenth of its size; `HAMAVA_TEST_SCALE=10` is the whole of it. */
export const scale = Number(process.env.HAMAVA_TEST_SCALE ?? 1)
