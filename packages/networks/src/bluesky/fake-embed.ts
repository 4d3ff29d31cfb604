import { z } from 'zod'

export const blob = z.strictObject({
  $type: z.literal('blob'),
  ref: z.strictObject({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
})

const largestThumb = 1_000_000

/** The embed of a record, by the lexicons app.bsky.embed.images and app.bsky.embed.external. */
export const embed = z.discriminatedUnion('$type', [
  z.strictObject({
    $type: z.literal('app.bsky.embed.images'),
    images: z
      .array(
        z.strictObject({
          image: blob,
          alt: z.string(),
          aspectRatio: z
            .strictObject({ width: z.number().int().min(1), height: z.number().int().min(1) })
            .optional(),
        }),
      )
      .max(4),
  }),
  z.strictObject({
    $type: z.literal('app.bsky.embed.external'),
    external: z.strictObject({
      uri: z.url(),
      title: z.string(),
      description: z.string(),
      thumb: blob.optional(),
    }),
  }),
])
type Embed = z.infer<typeof embed>

interface EmbeddedImage {
  image: z.infer<typeof blob>
  alt: string
  /** Maximum size in bytes, if lower than for other images. */
  max?: number
}

/** The images of a record, that of a link card too. */
export function imagesOf(shown: Embed | undefined): EmbeddedImage[] {
  if (!shown) return []
  if ('images' in shown) return shown.images
  const { thumb } = shown.external
  return thumb ? [{ image: thumb, alt: '', max: largestThumb }] : []
}
