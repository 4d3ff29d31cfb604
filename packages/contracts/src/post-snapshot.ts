import { z } from 'zod'
import { storedAsset } from './assets.ts'
import { channelId, publicationId } from './ids.ts'
import { extrasSchema } from './post-content.ts'

/** An asset as it will be sent: where the bytes are, and proof of which bytes were meant. */
export const snapshotAsset = storedAsset.pick({
  id: true,
  kind: true,
  mime: true,
  bytes: true,
  width: true,
  height: true,
  alt: true,
  fileName: true,
  sha256: true,
  storageKey: true,
})

/** Exactly what goes out on one channel: its parts in order, the post first, a first comment last. */
export const postSnapshot = z.object({
  parts: z
    .array(
      z.object({
        role: z.enum(['post', 'thread', 'first_comment']),
        text: z.string(),
        assets: z.array(snapshotAsset),
      }),
    )
    .min(1),
  settings: z.record(z.string(), z.unknown()),
  /** Only the extras that the post has; missing where it has none, and in snapshots from before extras. */
  extras: extrasSchema.optional(),
})
export type PostSnapshot = z.infer<typeof postSnapshot>

/** One publication as content asks for it; `approvedHash` is null until somebody approved this content. */
export const publicationPlan = z.object({
  publicationId,
  channelId,
  network: z.string(),
  snapshot: postSnapshot,
  snapshotHash: z.string(),
  approvedHash: z.string().nullable(),
  /** Missing in plans that were made before campaigns could be held. */
  campaignId: z.string().nullable().optional(),
  /**
   * New content or an approval, without a new time: planned publications keep theirs, and failed or missed ones stay so
   * until somebody sends them again. Missing in plans that were made before the two were told apart.
   */
  keepsTime: z.boolean().optional(),
})
export type PublicationPlan = z.infer<typeof publicationPlan>
