import type { Bilingual, PostFormat } from '@hamava/contracts'
import type { Manifest } from './manifest.ts'
import type { PlacedContent } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { fileSize, inBoth } from './sentences.ts'

const names: Record<PostFormat, Bilingual> = {
  text: { en: 'text', fa: 'متن' },
  images: { en: 'post with images', fa: 'پست تصویری' },
  carousel: { en: 'carousel', fa: 'پست ورق‌زدنی' },
  video: { en: 'video', fa: 'ویدیو' },
  reel: { en: 'reel', fa: 'ریلز' },
  story: { en: 'story', fa: 'استوری' },
  document: { en: 'document', fa: 'سند' },
  article: { en: 'article', fa: 'مقاله' },
  link_card: { en: 'link card', fa: 'کارت لینک' },
  poll: { en: 'poll', fa: 'نظرسنجی' },
}

/** The formats that a channel's settings choose; where there is none, its media decide. */
const chosenFormats = (settings: Record<string, unknown>, { formats }: Manifest) =>
  formats.filter(({ setting, value }) => {
    if (setting === undefined) return false
    const set = settings[setting]
    return value === undefined ? set !== undefined && set !== null && set !== false : set === value
  })

/** Whether the settings choose at most one format, with media that this format takes. */
export function* checkChosenFormat(
  { content, pointerOf }: PlacedContent,
  manifest: Manifest,
): Generator<Remark> {
  const { name } = manifest
  const chosen = chosenFormats(content.settings, manifest)
  const [first, other] = chosen
  if (first && other)
    yield {
      level: 'blocks',
      code: 'formats_together',
      pointer: `${pointerOf('settings')}/${other.setting}`,
      message: inBoth(
        (say) =>
          `On ${say(name)} one post cannot be a ${say(names[first.format])} and a ${say(names[other.format])}. Keep one.`,
        (say) =>
          `در ${say(name)} یک پست نمی‌تواند هم ${say(names[first.format])} باشد و هم ${say(names[other.format])}؛ یکی را نگه دارید.`,
      ),
    }
  for (const { format, media } of chosen) {
    if (!media) continue
    if (content.assets.length > media.max)
      yield {
        level: 'blocks',
        code: 'format_media',
        pointer: pointerOf('assets'),
        message: tooMany(name, names[format], media.max),
      }
    for (const [at, { bytes }] of content.assets.entries()) {
      const { maxBytes = Number.POSITIVE_INFINITY } = media
      if (bytes <= maxBytes) continue
      const most = fileSize(maxBytes)
      yield {
        level: 'blocks',
        code: 'media_too_large',
        pointer: `${pointerOf('assets')}/${at}`,
        message: inBoth(
          (say) => `In a ${say(names[format])} on ${say(name)} a file may be at most ${say(most)}.`,
          (say) => `در ${say(names[format])} در ${say(name)} حجم فایل حداکثر ${say(most)} است.`,
        ),
      }
    }
  }
}

const tooMany = (network: Bilingual, format: Bilingual, max: number) =>
  max === 0
    ? inBoth(
        (say) =>
          `A ${say(format)} on ${say(network)} takes no media. Remove them for this channel.`,
        (say) => `${say(format)} در ${say(network)} رسانه نمی‌پذیرد؛ برای این کانال برش دارید.`,
      )
    : inBoth(
        (say) =>
          `A ${say(format)} on ${say(network)} takes at most ${say(max)} media file. Remove the others for this channel.`,
        (say) =>
          `${say(format)} در ${say(network)} حداکثر ${say(max)} رسانه می‌پذیرد؛ بقیه را برای این کانال بردارید.`,
      )
