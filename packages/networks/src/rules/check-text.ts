import type { Manifest } from './manifest.ts'
import type { ChannelMessage } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { fileSize, inBoth } from './sentences.ts'
import { isBlank, textBytes, textLength } from './text-length.ts'

/** Whether there is anything to say, and whether it fits. */
export function* checkText(
  { text, assets, isFirst }: ChannelMessage,
  manifest: Manifest,
  settings: Record<string, unknown>,
): Generator<Remark> {
  const { value, pointer } = text
  if (isBlank(value) && assets.value.length === 0) {
    yield { level: 'blocks', code: 'text_empty', pointer, message: nothingToSay(manifest) }
    return
  }
  const rule = manifest.text
  const isCaption = assets.value.length > 0 && rule.captionMax !== undefined
  const max = isCaption ? (rule.captionMax ?? rule.max) : rule.max
  const length = textLength(value, manifest) + (isFirst ? countedAlong(manifest, settings) : 0)
  if (length > max) {
    const code = isCaption ? 'caption_too_long' : 'text_too_long'
    yield { level: 'blocks', code, pointer, message: tooLong(manifest, length, max, isCaption) }
  }
  const bytes = textBytes(value)
  if (rule.maxBytes !== undefined && bytes > rule.maxBytes && length <= max)
    yield {
      level: 'blocks',
      code: 'text_too_long',
      pointer,
      message: tooManyBytes(manifest, bytes),
    }
}

const countedAlong = (manifest: Manifest, settings: Record<string, unknown>): number =>
  (manifest.text.countedSettings ?? []).reduce((sum, name) => {
    const value = settings[name]
    return typeof value === 'string' ? sum + textLength(value, manifest) : sum
  }, 0)

const nothingToSay = ({ name }: Manifest) =>
  inBoth(
    (say) => `There is nothing to publish on ${say(name)}: write a text or add media.`,
    (say) => `چیزی برای انتشار در ${say(name)} نیست؛ متنی بنویسید یا رسانه‌ای بیفزایید.`,
  )

const tooLong = (manifest: Manifest, length: number, max: number, isCaption: boolean) => {
  return inBoth(
    (say) =>
      `The ${isCaption ? 'caption' : 'text'} is ${say(length)} characters; ${say(manifest.name)} takes at most ${say(max)}${isCaption ? ' with media' : ''}. Shorten it by ${say(length - max)}.`,
    (say) =>
      `${isCaption ? 'زیرنویس' : 'متن'} ${say(length)} نویسه است و ${say(manifest.name)} ${isCaption ? 'همراه رسانه ' : ''}حداکثر ${say(max)} می‌پذیرد؛ ${say(length - max)} کوتاه‌ترش کنید.`,
  )
}

const tooManyBytes = (manifest: Manifest, bytes: number) => {
  const size = fileSize(bytes)
  const limit = fileSize(manifest.text.maxBytes ?? 0)
  return inBoth(
    (say) =>
      `The text is ${say(size)}; ${say(manifest.name)} takes at most ${say(limit)}. Shorten it.`,
    (say) =>
      `حجم متن ${say(size)} است و ${say(manifest.name)} حداکثر ${say(limit)} می‌پذیرد؛ کوتاه‌ترش کنید.`,
  )
}
