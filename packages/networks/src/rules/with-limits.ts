import type { ChannelLimits } from '@hamava/contracts'
import type { Manifest } from './manifest.ts'

/** A network's facts as they are on one channel, whose server may have limits of its own. */
export function withLimits<M extends Pick<Manifest, 'text' | 'media'>>(
  manifest: M,
  { textMax, urlWeight, mediaMax, altMax }: ChannelLimits = {},
): M {
  const { text, media } = manifest
  const images = media.images && { ...media.images, max: mediaMax ?? media.images.max }
  return {
    ...manifest,
    text: {
      ...text,
      max: textMax ?? text.max,
      ...(urlWeight === undefined ? {} : { urlWeight }),
    },
    media: { ...media, max: mediaMax ?? media.max, images, altMax: altMax ?? media.altMax },
  }
}
