import type { DraftAsset } from './draft.ts'
import type { Manifest } from './manifest.ts'
import type { Remark } from './remark.ts'
import { inBoth } from './sentences.ts'
import { countUnits, isBlank } from './text-length.ts'

/** Whether those who cannot see a file will know what it shows. */
export function* checkAlt(asset: DraftAsset, at: string, manifest: Manifest): Generator<Remark> {
  const { name, media, text } = manifest
  const alt = (asset.alt ?? '').normalize('NFC')
  const pointer = `${at}/alt`
  if (media.altMax === null) {
    if (!isBlank(alt))
      yield {
        level: 'changed',
        code: 'alt_unsupported',
        pointer,
        message: inBoth(
          (say) => `${say(name)} has no alternative text; it will be left out there.`,
          (say) => `${say(name)} متن جایگزین ندارد و این متن در آن‌جا کنار گذاشته می‌شود.`,
        ),
      }
    return
  }
  if (isBlank(alt)) {
    yield {
      level: 'advice',
      code: 'alt_missing',
      pointer,
      message: inBoth(
        (say) =>
          `Describe this for people who cannot see it; ${say(name)} shows an alternative text.`,
        (say) => `برای کسانی که نمی‌بینند شرحش دهید؛ ${say(name)} متن جایگزین را نشان می‌دهد.`,
      ),
    }
    return
  }
  const length = countUnits(alt, text.unit)
  const max = media.altMax
  if (length > max)
    yield {
      level: 'blocks',
      code: 'alt_too_long',
      pointer,
      message: inBoth(
        (say) =>
          `The alternative text is ${say(length)} characters; ${say(name)} takes at most ${say(max)}.`,
        (say) => `متن جایگزین ${say(length)} نویسه است و ${say(name)} حداکثر ${say(max)} می‌پذیرد.`,
      ),
    }
}
