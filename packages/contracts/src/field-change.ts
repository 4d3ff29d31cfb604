import { z } from 'zod'

/**
 * What one field was and became. A field is a path: `text`, `parts/3/text`, `targets/ch_1/variant/text`. Of a long text
 * only the part that differs is told, and `at` says where it begins (in UTF-16 units); `cut` says that this part, too,
 * was too long and only its beginning is here. The revisions of a post have everything.
 */
export const fieldChange = z
  .object({
    field: z.string(),
    /** Null where it was not there before. */
    old: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    /** Null where it is not there any more. */
    new: z.union([z.string(), z.number(), z.boolean(), z.null()]),
    at: z.int().optional(),
    cut: z.literal(true).optional(),
  })
  .meta({ id: 'FieldChange' })
export type FieldChange = z.infer<typeof fieldChange>
