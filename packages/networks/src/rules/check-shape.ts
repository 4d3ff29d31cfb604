import { extraNames, nameOfExtra } from '@hamava/contracts'
import type { z } from 'zod'
import fa from 'zod/v4/locales/fa.js'
import type { NetworkRules } from './manifest.ts'
import type { PlacedContent } from './placed-content.ts'
import type { Remark } from './remark.ts'
import { inBoth } from './sentences.ts'

/** Whether a network can do what is asked at all: threads, a first comment, these settings. */
export function* checkShape(
  { content, pointerOf }: PlacedContent,
  { manifest, settings }: NetworkRules,
): Generator<Remark> {
  const { name, capabilities } = manifest
  const { parts, firstComment } = content
  if (parts.length > 0 && !capabilities.includes('thread'))
    yield {
      level: 'blocks',
      code: 'thread_unsupported',
      pointer: pointerOf('parts'),
      message: inBoth(
        (say) =>
          `${say(name)} has no threads, and this post has ${say(parts.length)} more parts. Give this channel a variant without parts.`,
        (say) =>
          `${say(name)} رشته ندارد و این فرسته ${say(parts.length)} بخش دیگر دارد؛ برای این کانال نسخه‌ای بدون بخش بسازید.`,
      ),
    }
  if (firstComment && !capabilities.includes('first_comment'))
    yield {
      level: 'blocks',
      code: 'first_comment_unsupported',
      pointer: pointerOf('firstComment'),
      message: inBoth(
        (say) => `${say(name)} cannot take a first comment. Empty it in this channel's variant.`,
        (say) => `${say(name)} نخستین دیدگاه نمی‌پذیرد؛ در نسخهٔ این کانال خالی‌اش کنید.`,
      ),
    }
  for (const extra of extraNames) {
    if ((content[extra] ?? null) === null || (manifest.extras && extra in manifest.extras)) continue
    yield {
      level: 'changed',
      code: 'extra_unsupported',
      pointer: pointerOf(extra),
      message: inBoth(
        (say) => `${say(name)} takes no ${say(nameOfExtra(extra))}; it will be left out there.`,
        (say) => `${say(name)} ${say(nameOfExtra(extra))} نمی‌پذیرد و آن‌جا کنار گذاشته می‌شود.`,
      ),
    }
  }
  const parsed = settings.safeParse(content.settings)
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.map(String)
    yield {
      level: 'blocks',
      code: 'settings_invalid',
      pointer: [pointerOf('settings'), ...field.map(escapePointer)].join('/'),
      message: inBoth(
        (say) =>
          `The setting ${field.join('.') || '(all)'} of ${say(name)} is not right: ${issue.message}.`,
        (say) =>
          `تنظیم ${field.join('.') || '(همه)'} برای ${say(name)} درست نیست: ${inPersian(issue)}.`,
      ),
    }
  }
}

const persian = fa().localeError
const inPersian = (issue: z.core.$ZodIssue): string => {
  // A network's own checks come with a Persian message.
  if (issue.code === 'custom' && typeof issue.params?.fa === 'string') return issue.params.fa
  const said = persian({ ...issue, input: undefined } as z.core.$ZodRawIssue)
  const message = typeof said === 'string' ? said : (said?.message ?? issue.message)
  return message.replace(/[0-9]/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(Number(digit)))
}

const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')
