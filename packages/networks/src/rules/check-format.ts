import type { Manifest } from './manifest.ts'
import type { ChannelMessage } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { inBoth } from './sentences.ts'

/** Markdown's lists, headings, quotations, links, images and emphasis. */
const signs =
  /^[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|>)[ \t]+\S|!?\[[^\]\n]*\]\([^)\s]+\)|(?<![\p{L}\p{N}])([*_]{1,2}|~~|`)\S(?:[^\n]*?\S)?\1(?![\p{L}\p{N}])/mu

/** Whether a server that reads Markdown would show a text as it was written. */
export function* checkFormat({ text }: ChannelMessage, { name }: Manifest): Generator<Remark> {
  const { value, pointer } = text
  const found = signs.exec(value)?.[0].trim()
  if (found === undefined) return
  yield {
    level: 'changed',
    code: 'format_read',
    pointer,
    message: inBoth(
      (say) =>
        `This server of ${say(name)} reads signs as formatting: “${found.slice(0, 40)}” will look different.`,
      (say) =>
        `این سرور ${say(name)} نشانه‌ها را قالب‌بندی می‌فهمد: «${found.slice(0, 40)}» به شکل دیگری دیده می‌شود.`,
    ),
  }
}
