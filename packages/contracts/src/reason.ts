import { z } from 'zod'
import { bilingual } from './bilingual.ts'

/**
 * Why, for programs (`code`) and people (`message`, `fix`); `detail` is what the network said, without secrets, at most
 * 500 characters.
 */
export const reason = z
  .object({ code: z.string(), message: bilingual, fix: bilingual, detail: z.string().optional() })
  .meta({ id: 'Reason' })
export type Reason = z.infer<typeof reason>
