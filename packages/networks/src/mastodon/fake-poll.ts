import { z } from 'zod'

const mostOptions = 4
const longestOption = 50
const shortestSeconds = 300
const longestSeconds = 2_629_746

/** A poll as it comes with a status. */
export const pollInput = z.object({
  options: z.array(z.string()),
  expires_in: z.coerce.number(),
  multiple: z.boolean().default(false),
  hide_totals: z.boolean().default(false),
})
export type Poll = z.infer<typeof pollInput>

/** What Mastodon says to a poll that it does not take; its own words and limits. */
export function pollRefusal(
  { options, expires_in: seconds }: Poll,
  mediaCount: number,
): string | null {
  if (mediaCount > 0) return 'Validation failed: Cannot attach more than 4 files'
  if (options.length < 2) return 'Validation failed: Options must be more than one item'
  if (options.length > mostOptions)
    return `Validation failed: Options can't contain more than ${mostOptions} items`
  if (options.some((option) => [...option].length > longestOption))
    return `Validation failed: Options can't be longer than ${longestOption} characters each`
  if (new Set(options).size < options.length)
    return 'Validation failed: Options contain duplicate items'
  if (seconds > longestSeconds) return 'Validation failed: Duration is too far into the future'
  return seconds < shortestSeconds ? 'Validation failed: Duration is too soon' : null
}
