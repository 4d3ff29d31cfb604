import type { Bilingual } from '@hamava/contracts'
import { checkAlt } from './check-alt.ts'
import type { DraftAsset } from './draft.ts'
import type { Manifest } from './manifest.ts'
import type { ChannelMessage } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { fileSize, inBoth } from './sentences.ts'

const kinds: Record<DraftAsset['kind'], Bilingual> = {
  image: { en: 'image', fa: 'تصویر' },
  video: { en: 'video', fa: 'ویدیو' },
}

/** Whether a network takes these files: how many, which together, and each by itself. */
export function* checkMedia({ assets }: ChannelMessage, manifest: Manifest): Generator<Remark> {
  yield* checkNumbers(assets.value, assets.pointer, manifest)
  for (const [at, asset] of assets.value.entries()) {
    const pointer = `${assets.pointer}/${at}`
    yield* checkFile(asset, pointer, manifest)
    yield* checkAlt(asset, pointer, manifest)
  }
}

function* checkNumbers(
  assets: DraftAsset[],
  pointer: string,
  { media, name }: Manifest,
): Generator<Remark> {
  const images = assets.filter(({ kind }) => kind === 'image').length
  const videos = assets.length - images
  const tooMany = (count: number, max: number, what: Bilingual): Remark => ({
    level: 'blocks',
    code: 'too_many_media',
    pointer,
    message: inBoth(
      (say) =>
        `There are ${say(count)} ${say(what)}; ${say(name)} takes at most ${say(max)} in one post.`,
      (say) =>
        `${say(count)} ${say(what)} هست و ${say(name)} در هر فرسته حداکثر ${say(max)} می‌پذیرد.`,
    ),
  })
  if (assets.length > media.max)
    yield tooMany(assets.length, media.max, { en: 'media files', fa: 'رسانه' })
  else if (media.images && images > media.images.max)
    yield tooMany(images, media.images.max, { en: 'images', fa: 'تصویر' })
  else if (media.videos && videos > media.videos.max)
    yield tooMany(videos, media.videos.max, { en: 'videos', fa: 'ویدیو' })
  if (!media.mixed && images > 0 && videos > 0)
    yield {
      level: 'blocks',
      code: 'media_mix',
      pointer,
      message: inBoth(
        (say) => `${say(name)} does not take images and videos in one post. Keep one kind.`,
        (say) => `${say(name)} تصویر و ویدیو را در یک فرسته نمی‌پذیرد؛ یکی از دو گونه را نگه دارید.`,
      ),
    }
}

function* checkFile(asset: DraftAsset, pointer: string, manifest: Manifest): Generator<Remark> {
  const { name, media } = manifest
  const limits = asset.kind === 'image' ? media.images : media.videos
  const kind = kinds[asset.kind]
  if (!limits?.types.includes(asset.mime)) {
    const types = limits?.types.join(', ')
    yield {
      level: 'blocks',
      code: 'media_type_unsupported',
      pointer,
      message: types
        ? inBoth(
            (say) =>
              `${say(name)} does not take a ${say(kind)} of type ${asset.mime}. It takes ${types}.`,
            (say) =>
              `${say(name)} ${say(kind)} از نوع ${asset.mime} نمی‌پذیرد؛ این‌ها را می‌پذیرد: ${types}.`,
          )
        : inBoth(
            (say) => `${say(name)} takes no ${say(kind)}s here. Remove it for this channel.`,
            (say) => `${say(name)} در اینجا ${say(kind)} نمی‌پذیرد؛ برای این کانال برش دارید.`,
          ),
    }
    return
  }
  if (asset.bytes > limits.maxBytes) {
    const [size, max] = [fileSize(asset.bytes), fileSize(limits.maxBytes)]
    yield {
      level: 'blocks',
      code: 'media_too_large',
      pointer,
      message: inBoth(
        (say) =>
          `The ${say(kind)} is ${say(size)}; ${say(name)} takes at most ${say(max)}. Use a smaller file.`,
        (say) =>
          `حجم ${say(kind)} ${say(size)} است و ${say(name)} حداکثر ${say(max)} می‌پذیرد؛ فایل کوچک‌تری بگذارید.`,
      ),
    }
  }
  const message = badDimensions(asset, limits, manifest)
  if (message) yield { level: 'blocks', code: 'media_dimensions', pointer, message }
}

function badDimensions(
  { kind, width, height }: DraftAsset,
  { maxSide, maxSideSum, maxRatio }: NonNullable<Manifest['media']['images']>,
  { name }: Manifest,
): Bilingual | null {
  if (!width || !height) return null
  const what = kinds[kind]
  const begin = inBoth(
    (say) => `The ${say(what)} is ${say(width)} × ${say(height)} pixels;`,
    (say) => `ابعاد ${say(what)} ${say(width)} × ${say(height)} پیکسل است؛`,
  )
  if (maxSide !== undefined && Math.max(width, height) > maxSide)
    return inBoth(
      (say) => `${say(begin)} on ${say(name)} no side may be longer than ${say(maxSide)}.`,
      (say) => `${say(begin)} در ${say(name)} هیچ ضلعی نباید از ${say(maxSide)} بلندتر باشد.`,
    )
  if (maxSideSum !== undefined && width + height > maxSideSum)
    return inBoth(
      (say) =>
        `${say(begin)} on ${say(name)} both sides together may be at most ${say(maxSideSum)}.`,
      (say) => `${say(begin)} در ${say(name)} جمع دو ضلع حداکثر ${say(maxSideSum)} است.`,
    )
  const ratio = Math.max(width / height, height / width)
  if (maxRatio !== undefined && ratio > maxRatio)
    return inBoth(
      (say) =>
        `${say(begin)} on ${say(name)} the long side may be at most ${say(maxRatio)} times the short one.`,
      (say) =>
        `${say(begin)} در ${say(name)} ضلع بلند حداکثر ${say(maxRatio)} برابر ضلع کوتاه است.`,
    )
  return null
}
