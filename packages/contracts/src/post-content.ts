import { z } from 'zod'
import { altText } from './assets.ts'
import { assetId, channelId } from './ids.ts'
import { location } from './location.ts'
import { type ExtraName, extraNames } from './post-extras.ts'

const text = z.string().max(100_000)

/** A media file of the library as a post uses it; without `alt`, the library's stands. */
export const assetUse = z.strictObject({ id: assetId, alt: altText.optional() })
export type AssetUse = z.infer<typeof assetUse>
const assetUses = z.array(assetUse).max(50)

const parts = z.array(z.strictObject({ text, assets: assetUses.optional() })).max(50)

/** What each of the things is that a post may have besides; null where there is none. */
export const extraShape = { location: location.nullable() } as const satisfies Record<
  ExtraName,
  z.ZodNullable
>

/** The extras of a post that has some. */
export const extrasSchema = z.object(extraShape).partial()
export type Extras = z.infer<typeof extrasSchema>

/** What all channels get, but for those whose variant says otherwise. */
const shared = { text, assets: assetUses, parts, firstComment: text.nullable(), ...extraShape }

/** What differs on one channel; a field that is absent is the post's own. */
export const variant = z
  .strictObject({
    ...z.object(shared).partial().shape,
    /** The network's own options, by the schema in `GET /v1/networks`. */
    settings: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Variant' })
export type Variant = z.infer<typeof variant>

const targets = z
  .array(z.strictObject({ channelId, variant: variant.optional() }))
  .max(200)
  .refine((list) => new Set(list.map((t) => t.channelId)).size === list.length, {
    error: 'names a channel twice',
  })

/** What a post says, and where: all that decides what goes out, and nothing else. */
export const postContent = z.object({ ...shared, targets })
export type PostContent = z.infer<typeof postContent>

/** `postContent` as it is told: an extra that did not exist when the post was stored is null. */
export const toldContent = z.object({
  ...postContent.shape,
  ...(Object.fromEntries(extraNames.map((name) => [name, extraShape[name].default(null)])) as {
    [K in ExtraName]: z.ZodDefault<(typeof extraShape)[K]>
  }),
})

/** `postContent` as it is sent to us: fields that are left out have their value in `emptyContent`. */
export const contentInput = z.object({
  ...z.object(shared).partial().shape,
  text,
  targets,
})
