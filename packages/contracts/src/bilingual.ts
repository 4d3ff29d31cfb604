import { z } from 'zod'

/** A sentence in the two languages of the product. */
export const bilingual = z.object({ en: z.string(), fa: z.string() }).meta({ id: 'Bilingual' })
export type Bilingual = z.infer<typeof bilingual>
