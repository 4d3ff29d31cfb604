import { z } from 'zod'
import { instant } from './page.ts'

/** `PUT …/presence`: what somebody does with a thing that they have open. To be said again every ten seconds. */
export const presenceInput = z
  .strictObject({ doing: z.enum(['reading', 'writing', 'left']) })
  .meta({ id: 'PresenceInput', examples: [{ doing: 'writing' }] })
export type PresenceInput = z.output<typeof presenceInput>

/** Who else has it open: whoever said so in the last half minute. */
export const presence = z
  .object({
    people: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        doing: z.enum(['reading', 'writing']),
        since: instant,
      }),
    ),
  })
  .meta({ id: 'Presence' })
export type Presence = z.infer<typeof presence>
